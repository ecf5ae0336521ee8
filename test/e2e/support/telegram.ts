import http from "node:http";
import { type Intercept, openTelegramServer, type People } from "../../../telegram-server/server.ts";

type Reachable = AsyncDisposable & { url: string };

export type TestTelegram = Reachable & { people: People };

/** Somebody whom no register knows. */
export const stranger = 1001;

/** What stands in for Telegram: our Bot API server, in this process, and one person. */
export async function openTelegram(token: string, intercept?: Intercept): Promise<TestTelegram> {
  const server = await openTelegramServer({
    token,
    bot: { id: Number(token.split(":")[0]), firstName: "Simpul", username: "simpul_bot" },
    people: [{ id: stranger, firstName: "Ucok" }],
    ...(intercept === undefined ? {} : { intercept }),
  });
  const { url } = await server.listen(0, "127.0.0.1");
  return { url, people: server.people, [Symbol.asyncDispose]: () => server.close() };
}

/** A way to it on which its clock seems to be off. */
export async function withClock(telegram: Reachable, aheadMs: number): Promise<Reachable> {
  const proxy = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(new URL(request.url ?? "/", telegram.url), {
      method: "POST",
      headers: { "content-type": request.headers["content-type"] ?? "application/json" },
      body: Buffer.concat(chunks),
    });
    const date = new Date(Date.now() + aheadMs).toUTCString();
    response.writeHead(answer.status, { "content-type": "application/json", date });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
