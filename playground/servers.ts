import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

type Served = { name: string; behind: string | null; address: string; answersAfterMs: number };

export type PlayedServers = {
  /** that each one listens on, by name */
  ports: ReadonlyMap<string, number>;
  isCut(name: string): boolean;
  /** What is cut answers no more, nor does what lies behind it. */
  setCut(name: string, isCut: boolean): Promise<void>;
  close(): Promise<void>;
};

/**
 * A server for each at its own address, on a port that is free there.
 *
 * @param all what lies behind another stands after it
 * @throws what listening throws, e.g. EADDRNOTAVAIL on a system whose loopback is one address
 */
export async function openServers(all: readonly Served[]): Promise<PlayedServers> {
  const servers = new Map(all.map((one) => [one.name, serverOf(one)]));
  const ports = new Map<string, number>();
  const cut = new Set<string>();
  for (const { name, address } of all) ports.set(name, await listen(servers.get(name), 0, address));

  async function follow(): Promise<void> {
    const silent = new Set<string>();
    for (const { name, behind, address } of all) {
      if (cut.has(name) || (behind !== null && silent.has(behind))) silent.add(name);
      const server = servers.get(name);
      if (silent.has(name)) await fallSilent(server);
      else if (server?.listening === false) await listen(server, ports.get(name) ?? 0, address);
    }
  }

  let following = Promise.resolve();
  return {
    ports,
    isCut: (name) => cut.has(name),
    setCut(name, isCut) {
      if (isCut) cut.add(name);
      else cut.delete(name);
      // One after the other: a server does not begin and end at once.
      following = following.catch(() => undefined).then(follow);
      return following;
    },
    async close() {
      await following.catch(() => undefined);
      await Promise.all([...servers.values()].map(fallSilent));
    },
  };
}

/** Its page says who it is. */
function serverOf({ name, answersAfterMs }: Served): Server {
  return createServer(async (_request, response) => {
    await pause(answersAfterMs);
    response.setHeader("content-type", "text/plain; charset=utf-8").end(name);
  });
}

async function listen(server: Server | undefined, port: number, address: string): Promise<number> {
  if (server === undefined) return port;
  server.listen(port, address);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function fallSilent(server: Server | undefined): Promise<void> {
  if (server?.listening !== true) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
