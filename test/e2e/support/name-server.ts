import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkout, temporaryFolder } from "./folders.ts";
import { until } from "./until.ts";

export const pdnsServer = "/usr/sbin/pdns_server";

export type NameServer = AsyncDisposable & {
  /** Asks it, and nobody else. */
  ask: Resolver;
};

/** Debian's PowerDNS on a loopback port, with the configuration of docs/operations/dns over these zone files. */
export async function openNameServer(zonesFolder: string): Promise<NameServer> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const ours = (name: string) => readFile(join(checkout, "docs/operations/dns", name), "utf8");
  const zones = (await ours("named.conf")).replaceAll("/run/simpul-dns", zonesFolder);
  await writeFile(join(folder.path, "named.conf"), zones);
  const settings = [
    ...["launch=bind", `bind-config=${join(folder.path, "named.conf")}`, `socket-dir=${folder.path}`],
    ...["local-address=127.0.0.1", `local-port=${port}`, "setuid=", "setgid=", "security-poll-suffix="],
    (await ours("pdns.conf")).replace("bind-check-interval=10", "bind-check-interval=1"),
  ];
  await writeFile(join(folder.path, "pdns.conf"), settings.join("\n"));
  const arguments_ = [`--config-dir=${folder.path}`, "--daemon=no", "--guardian=no", "--disable-syslog=yes"];
  const server = spawn(pdnsServer, arguments_, { stdio: "ignore", cwd: folder.path });
  const ended = once(server, "exit");
  const ask = new Resolver({ timeout: 1_000, tries: 1 });
  ask.setServers([`127.0.0.1:${port}`]);
  return {
    ask,
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL");
      await ended;
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Until it answers so; a name that is not there yet is no fault. */
export function untilAnswered(what: string, ask: () => Promise<string[]>): Promise<string[]> {
  return until(what, async () => {
    const found = await ask().catch(() => []);
    return found.length > 0 && found;
  });
}

/** Of TCP and UDP alike, at this moment. */
async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}
