import { type ChildProcess, spawn } from "node:child_process";
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
  const ours = (name: string) => readFile(join(checkout, "docs/operations/dns", name), "utf8");
  const zones = (await ours("named.conf")).replaceAll("/run/simpul-dns", zonesFolder);
  await writeFile(join(folder.path, "named.conf"), zones);
  const settings = (await ours("pdns.conf")).replace("bind-check-interval=10", "bind-check-interval=1");
  const { server, ask } = await listening(folder.path, settings);
  return {
    ask,
    async [Symbol.asyncDispose]() {
      server.kill("SIGKILL");
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
      await folder[Symbol.asyncDispose]();
    },
  };
}

const mostTries = 5;

/** A port may be taken by another test before the server has it: then on another one. */
async function listening(folder: string, settings: string): Promise<{ server: ChildProcess; ask: Resolver }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const own = [
      ...["launch=bind", `bind-config=${join(folder, "named.conf")}`, `socket-dir=${folder}`],
      ...["local-address=127.0.0.1", `local-port=${port}`, "setuid=", "setgid=", "security-poll-suffix="],
    ];
    await writeFile(join(folder, "pdns.conf"), [...own, settings].join("\n"));
    const arguments_ = [`--config-dir=${folder}`, "--daemon=no", "--guardian=no", "--disable-syslog=yes"];
    const server = spawn(pdnsServer, arguments_, { stdio: ["ignore", "ignore", "pipe"], cwd: folder });
    let said = "";
    server.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2_000);
    });
    const ask = new Resolver({ timeout: 1_000, tries: 1 });
    ask.setServers([`127.0.0.1:${port}`]);
    const has = await until("the name server listens", async () => {
      if (server.exitCode !== null || server.signalCode !== null) return "ended";
      return (await isListening(ask)) && "listens";
    });
    if (has === "listens") return { server, ask };
    if (tries === mostTries) throw new Error(`starting a name server: ${said}`);
  }
}

/** Refused and not found are answers, too. */
async function isListening(ask: Resolver): Promise<boolean> {
  try {
    await ask.resolve4("simpul.invalid");
    return true;
  } catch (fault) {
    return !["ECONNREFUSED", "ETIMEOUT"].includes(String((fault as NodeJS.ErrnoException).code));
  }
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
