import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type RedisServer = AsyncDisposable & {
  url: string;
  /** -9. It is started again. */
  kill(): void;
};

/** A Redis of the benchmark's own, which keeps nothing: it has to hold nothing that Simpul cannot do without. */
export async function openRedis(folder: string): Promise<RedisServer> {
  const socket = join(folder, "redis.sock");
  let isOpen = true;
  let present = start();
  await once(present, "spawn");

  function start(): ChildProcess {
    const options = ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", folder];
    const server = spawn("redis-server", options, { stdio: "ignore" });
    server.once("exit", () => {
      if (isOpen) present = start();
    });
    return server;
  }

  return {
    url: `unix://${socket}`,
    kill: () => void present.kill("SIGKILL"),
    async [Symbol.asyncDispose]() {
      isOpen = false;
      if (present.exitCode !== null || present.signalCode !== null) return;
      const ended = once(present, "exit");
      present.kill("SIGTERM");
      await ended;
    },
  };
}
