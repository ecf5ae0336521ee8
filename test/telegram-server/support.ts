import { onTestFinished } from "vitest";
import { openTelegramServer, type TelegramServerOptions } from "../../telegram-server/server.ts";

export const token = "4242:TEST-token_of_the_bot";
export const ani = 1001;
export const budi = 1002;

export type Answer = {
  status: number;
  ok: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any field of any answer, and fails where it is not there
  result: any;
  error_code?: number;
  description?: string;
};

export async function openServer(options: Partial<TelegramServerOptions> = {}) {
  let time = Date.parse("2026-11-22T02:00:00Z");
  const server = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [
      { id: ani, firstName: "Ani", lastName: "Wijaya", username: "ani_w", label: "Staff" },
      { id: budi, firstName: "Budi" },
    ],
    now: () => new Date(time),
    ...options,
  });
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await server.close();
    isClosed = true;
  };
  onTestFinished(close);
  const { url } = await server.listen(0, "127.0.0.1");

  async function answerTo(response: Promise<Response>): Promise<Answer> {
    const { status, ...rest } = await response.then(async (got) => ({ status: got.status, body: await got.json() }));
    return { status, ...(rest.body as Omit<Answer, "status">) };
  }
  const methodUrl = (method: string) => `${url}bot${token}/${method}`;

  return {
    ...server,
    url,
    close,
    methodUrl,
    /** As JSON. */
    call: (method: string, parameters: object = {}) =>
      answerTo(
        fetch(methodUrl(method), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(parameters),
        }),
      ),
    /** As multipart or urlencoded form, with other headers, or as GET. */
    request: (method: string, init: RequestInit = {}) => answerTo(fetch(methodUrl(method), init)),
    updates: async (parameters: object = {}) =>
      (await answerTo(fetch(methodUrl("getUpdates"), json(parameters)))).result,
    passSeconds: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

export function json(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export function form(fields: Record<string, string | File>): RequestInit {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return { method: "POST", body };
}

/** A multipart body written by hand, for headers that no client would write. */
export function rawForm(...parts: { headers: string; body: string }[]): RequestInit {
  const boundary = "xx";
  const text = parts.map(({ headers, body }) => `--${boundary}\r\n${headers}\r\n\r\n${body}\r\n`).join("");
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return { method: "POST", headers, body: `${text}--${boundary}--\r\n` };
}

/** A PNG as far as its header goes. */
export function png(width: number, height: number, sizeBytes = 64): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  bytes.write("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

export function refused(code: number, description: string) {
  return { status: code, ok: false, error_code: code, description };
}

export const badRequest = (reason: string) => refused(400, `Bad Request: ${reason}`);
