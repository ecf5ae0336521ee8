import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { emptyDatabase } from "../support/database.ts";
import { startPart } from "../support/part-process.ts";

/** A way to PostgreSQL that ends, for all and for good, where somebody says that. */
async function openWayUntil(words: string, to: { host: string; port: number }): Promise<number> {
  const open = new Set<Socket>();
  const way = net.createServer((client) => {
    const server = net.connect(join(to.host, `.s.PGSQL.${to.port}`));
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on("error", () => undefined).on("close", () => end(client, server));
    }
    server.pipe(client);
    client.on("data", (chunk) => {
      if (!chunk.includes(words)) return server.write(chunk);
      way.close();
      end(...open);
    });
  });
  way.listen(0, "127.0.0.1");
  await once(way, "listening");
  onTestFinished(() => {
    way.close();
    end(...open);
  });
  return (way.address() as AddressInfo).port;
}

function end(...sockets: Socket[]): void {
  for (const socket of sockets) socket.destroy();
}

test.each([
  ["the migrations", "create table person "],
  ["the offices", 'insert into "office"'],
])("a part that starts while PostgreSQL goes away says so in a sentence: at %s", async (_when, words) => {
  const { config, drop } = await emptyDatabase();
  onTestFinished(drop);
  const { host = "", port = 5432, user, password, database } = config;
  const way = await openWayUntil(words, { host, port });

  const part = startPart("worker", {
    DATABASE_URL: `postgres://${user}:${password}@127.0.0.1:${way}/${database}`,
    TELEGRAM_BOT_TOKEN: `4242:${"a-token-of-this-test".repeat(2)}`,
    TELEGRAM_API_ROOT: "http://127.0.0.1:9",
    SIMPUL_HOME: "/nonexistent",
  });

  expect(await part.ended()).toEqual({ code: 1, signal: null });
  const said = part
    .output()
    .split("\n")
    .filter((line) => !line.startsWith("{"));
  expect(said).toEqual([expect.stringMatching(/^Simpul could not start\. PostgreSQL went away meanwhile: .+\.$/), ""]);
});
