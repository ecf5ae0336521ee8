import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export type Front = AsyncDisposable & { url: string };

/** What stands before the pages, as Caddy does: gives each delivery of Telegram to one that answers, or says 502. */
export async function openFront(addresses: () => string[]): Promise<Front> {
  let turn = 0;
  const server = http.createServer((request, response) => {
    // Telegram gave up in the middle of it.
    forward(request, response).catch(() => response.destroy());
  });

  async function forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { "x-telegram-bot-api-secret-token": secret = "" } = request.headers;
    turn += 1;
    const targets = addresses();
    const target = targets[turn % targets.length];
    const forwarded = fetch(`${target}${request.url}`, {
      method: "POST",
      headers: { "x-telegram-bot-api-secret-token": String(secret) },
      body: Buffer.concat(chunks),
    });
    const status = await forwarded.then(
      (answer) => answer.status,
      () => 502,
    );
    response.writeHead(status).end();
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
