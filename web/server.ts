import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import type { Logger } from "pino";
import type { Db } from "../core/db/tables.ts";
import { settledWithin } from "../core/db/wait.ts";
import { OperatorFault } from "../core/domain/operator-fault.ts";
import { assets } from "./routes/assets.ts";
import { beatPages } from "./routes/beat.ts";
import { type HealthOptions, health } from "./routes/health.ts";
import { metrics } from "./routes/metrics.ts";
import { type OnceOptions, oncePages } from "./routes/once.ts";
import { type Lifecycle, ready } from "./routes/ready.ts";
import { publicStatusPage, type StatusOptions } from "./routes/status.ts";
import { telegramWebhook } from "./routes/telegram.ts";
import { type UploadOptions, uploadPages } from "./routes/upload.ts";

export type { Lifecycle } from "./routes/ready.ts";

export type WebOptions = HealthOptions & {
  host: string;
  /** 0: a free one */
  port: number;
  db: Db;
  lifecycle: () => Lifecycle;
  /** Takes what Telegram delivers; absent: it is polled, and there is no such page. */
  webhook?: { secret: string; receive: (update: { update_id: number }) => Promise<void> } | undefined;
  /** Pages behind links that the bot gives out, and the public one; absent: there are none. */
  links?: Omit<UploadOptions & OnceOptions & StatusOptions, "db">;
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

const webhookPath = "/telegram";
/** Longer than a proxy keeps an idle connection: one that is closed here first would cost the delivery sent over it. */
const keepAliveTimeout = 150_000;
const finishWithinMs = 5_000;

export type WebServer = { port: number; close(): Promise<void> };

/** The pages. Nothing listens beyond the host that it is told. */
export async function openWeb(options: WebOptions): Promise<WebServer> {
  const app = openRoutes(options);
  const deliveries = new Set<Promise<void>>();
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const { host: hostname, port } = options;
    const opening = serve({ fetch: app.fetch, hostname, port, serverOptions: { keepAliveTimeout } }, () =>
      resolve(opening),
    );
    opening.once("error", (fault: NodeJS.ErrnoException) => {
      reject(fault.code === "EADDRINUSE" ? new PortTaken(options.host, options.port) : fault);
    });
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.url !== webhookPath) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    deliveries.add(promise);
    response.once("close", () => {
      deliveries.delete(promise);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Pages may be watched without end; a delivery is stored and answered.
      await settledWithin(finishWithinMs, deliveries);
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}

export function openRoutes(options: Omit<WebOptions, "host" | "port">): Hono {
  const { db, lifecycle, lastPollAt, monitorLook, webhook, playground, links, log } = options;
  const app = new Hono();
  let webhookRefusals = 0;
  app.get("/healthz", health({ lastPollAt, monitorLook }));
  app.get("/readyz", ready({ db, lifecycle }));
  app.get("/metrics", metrics({ db, lastPollAt, webhookRefusals: () => webhookRefusals }));
  if (webhook !== undefined) {
    const onRefused = () => {
      webhookRefusals += 1;
    };
    app.post(webhookPath, ...telegramWebhook({ ...webhook, onRefused, log }));
  }
  if (playground !== undefined) {
    app.get("/", (context) => context.redirect("/playground"));
    // It sets its own headers and checks Host and Origin itself.
    app.all("/playground", (context) => playground(context.req.raw));
    app.all("/playground/*", (context) => playground(context.req.raw));
  }
  if (links !== undefined) {
    app.route("/assets", assets());
    app.route("/upload", uploadPages({ ...links, db }));
    app.route("/once", oncePages({ ...links, db }));
    app.route("/beat", beatPages({ ...links, db }));
    const { publicPage } = links.setting(new Date()).rules.monitoring;
    if (publicPage.length > 0) app.route("/status", publicStatusPage({ ...links, db }));
  }
  app.use(secureHeaders());
  app.get("/", (context) => context.text("Simpul berjalan. Meja layanan ada di Telegram."));
  app.onError((fault, context) => {
    // Not the path itself, which may hold the token of a link.
    log.error({ fault: fault.message, path: routePath(context) }, "answering a page failed");
    return context.text("Terjadi gangguan. Coba sekali lagi.", 500);
  });
  return app;
}
