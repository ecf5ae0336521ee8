import pg from "pg";

/** A server that is lost is noticed after at most these two together; the server lets go of us after 25 s. */
const heartbeatMs = 5_000;
const answerWithinMs = 5_000;

/**
 * Whoever cannot be reached any more (a cable, a power cut) is let go after 10 + 3 * 5 s, and that later than
 * the client itself gives up: a lock never has two holders. Without meaning on a unix socket, and without harm.
 */
const serverKeepalive = "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3";

/** One connection of its own beside the pools: for session locks and notifications, which end with it. */
export type Session = {
  client: pg.Client;
  close(): Promise<void>;
};

export type SessionOptions = {
  /** Shown in `pg_stat_activity`. */
  name: string;
  /** Run before it counts as open. */
  prepare?: string;
  /** The connection ended, and not by `close`. Called once at most, and only after it was open. */
  onLost: () => void;
};

/** @throws what `pg` says, when the server cannot be reached */
export async function openSession(config: pg.ClientConfig, options: SessionOptions): Promise<Session> {
  const { name, prepare = "", onLost } = options;
  const client = await connectClient(config, name);
  const heartbeat = setInterval(() => listenForHeart(client), heartbeatMs).unref();
  let isOpen = false;
  client.once("end", () => {
    clearInterval(heartbeat);
    if (isOpen) onLost();
  });
  const close = async () => {
    isOpen = false;
    await client.end();
  };

  try {
    await client.query(`${serverKeepalive}; ${prepare}`);
    isOpen = true;
  } catch (error) {
    await close();
    throw error;
  }
  return { client, close };
}

/** A connected client whose loss ends no process: each query rejects by itself, and `end` follows. */
export async function connectClient(config: pg.ClientConfig, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, keepAlive: true, ...config, application_name: name });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Ends a connection over which no answer comes; one that broke ends by itself. */
function listenForHeart(client: pg.Client): void {
  const tooLate = setTimeout(() => void client.end(), answerWithinMs).unref();
  const stop = () => clearTimeout(tooLate);
  client.query("select").then(stop, stop);
}
