import { pino } from "pino";
import { expect } from "vitest";
import { openClient } from "../../bot/telegram/client.ts";
import { type Intercept, openTelegramServer, type TelegramServer } from "../../telegram-server/server.ts";

export const TOKEN = "123456:the-token-that-nobody-may-see";
export const BOT_ID = 123456;

/** Whom a test needs: each has written to the bot, so that it may answer. */
export const SITI = 1001;
export const BUDI = 1002;
export const RINA = 1003;

export const silent = pino({ level: "silent" });

/** A Bot API server on a socket, and the bot's client of it. Faults are put in by replacing `intercept`. */
export type TestTelegram = {
  server: TelegramServer;
  url: string;
  client: ReturnType<typeof openClient>;
  /** What the bot called, oldest first. */
  calls: { method: string; fields: Record<string, string> }[];
  intercept: Intercept;
  /** Forgets the calls and the faults. */
  reset(): void;
  close(): Promise<void>;
};

const noFault: Intercept = async () => undefined;

export async function openTestTelegram(): Promise<TestTelegram> {
  const server = await openTelegramServer({
    token: TOKEN,
    bot: { id: BOT_ID, firstName: "Simpul", username: "simpul_bot" },
    people: [
      { id: SITI, firstName: "Siti" },
      { id: BUDI, firstName: "Budi" },
      { id: RINA, firstName: "Rina" },
    ],
    intercept: (call) => {
      telegram.calls.push({ method: call.method, fields: call.fields });
      return telegram.intercept(call);
    },
  });
  const { url } = await server.listen(0, "127.0.0.1");
  const telegram: TestTelegram = {
    server,
    url,
    client: openClient({ token: TOKEN, apiRoot: url, log: silent }),
    calls: [],
    intercept: noFault,
    reset() {
      telegram.calls = [];
      telegram.intercept = noFault;
    },
    close: () => server.close(),
  };
  for (const person of [SITI, BUDI, RINA]) server.people.start(person);
  return telegram;
}

/** What the bot has written to that person, oldest first. */
export function fromBot({ server }: TestTelegram, personId: number) {
  return server.people.messages(personId).filter(({ from }) => from.is_bot);
}

/** As Telegram answers a call that it does not carry out. */
export function fault(code: number, description: string, parameters?: object) {
  return { status: code, body: { ok: false, error_code: code, description, ...(parameters && { parameters }) } };
}

/** A promise and what settles it: holds a call until the test lets it go. */
export function gate(): { open: () => void; opened: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { open: () => resolve(), opened: promise };
}

/** Expects it of a value that comes about in its time, also on a busy machine. */
export function eventually<Value>(read: () => Value) {
  return expect.poll(read, { interval: 10 });
}
