import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import type { Db } from "../core/db/tables.ts";
import { OperatorFault } from "../core/domain/operator-fault.ts";
import { health } from "./routes/health.ts";
import { metrics } from "./routes/metrics.ts";
import { type Lifecycle, ready } from "./routes/ready.ts";

export type { Lifecycle } from "./routes/ready.ts";

export type WebOptions = {
  host: string;
  /** 0: a free one */
  port: number;
  db: Db;
  lifecycle: () => Lifecycle;
  /** When a poll of Telegram last came through. */
  lastPollAt: () => Date | undefined;
  /** Answers everything below `/playground`; absent with a token. */
  playground?: (request: Request) => Promise<Response>;
  log: Logger;
};

/** Something else listens there. */
export class PortTaken extends OperatorFault {
  override name = "PortTaken";
  constructor(host: string, port: number) {
    super(
      `Port ${port} of ${host} is taken by another program: set PORT to another one, for example PORT=${port + 1}.`,
    );
  }
}

export type WebServer = { port: number; close(): Promise<void> };

/** The pages. Nothing listens beyond the host that it is told. */
export async function openWeb(options: WebOptions): Promise<WebServer> {
  const app = openRoutes(options);
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const opening = serve({ fetch: app.fetch, hostname: options.host, port: options.port }, () => resolve(opening));
    opening.once("error", (fault: NodeJS.ErrnoException) => {
      reject(fault.code === "EADDRINUSE" ? new PortTaken(options.host, options.port) : fault);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

export function openRoutes({ db, lifecycle, lastPollAt, playground, log }: Omit<WebOptions, "host" | "port">): Hono {
  const app = new Hono();
  app.get("/healthz", health(lastPollAt));
  app.get("/readyz", ready({ db, lifecycle }));
  app.get("/metrics", metrics({ db, lastPollAt }));
  if (playground !== undefined) {
    app.get("/", (context) => context.redirect("/playground"));
    // It sets its own headers and checks Host and Origin itself.
    app.all("/playground", (context) => playground(context.req.raw));
    app.all("/playground/*", (context) => playground(context.req.raw));
  }
  app.use(secureHeaders());
  app.get("/", (context) => context.text("Simpul berjalan. Meja layanan ada di Telegram."));
  app.onError((fault, context) => {
    log.error({ fault: fault.message, path: context.req.path }, "answering a page failed");
    return context.text("Terjadi gangguan. Coba sekali lagi.", 500);
  });
  return app;
}
