import { onTestFinished } from "vitest";
import { openTelegramServer, type TelegramServerOptions } from "../../telegram-server/server.ts";
import type {
  Audio,
  Chat,
  Document,
  Message,
  PhotoSize,
  User,
  Video,
  VideoNote,
  Voice,
} from "../../telegram-server/types.ts";

export const token = "4242:TEST-token_of_the_bot";
export const ani = 1001;
export const budi = 1002;

/** What the tests read of results and updates; one that is not there is a failing test, not a type. */
export type Result = Message & {
  text: string;
  edit_date: number;
  photo: [PhotoSize];
  document: Document;
  voice: Voice;
  video: Video;
  video_note: VideoNote;
  audio: Audio;
  animation: Video;
  file_path: string;
};

export type ReceivedUpdate = {
  update_id: number;
  message: Message;
  edited_message: Message;
  callback_query: { id: string; from: User; data: string; message: Message };
  my_chat_member: { chat: Chat; old_chat_member: { status: string }; new_chat_member: { status: string } };
};

export type ReceivedUpdates = [ReceivedUpdate, ReceivedUpdate, ReceivedUpdate, ...ReceivedUpdate[]];

export type Answer<T = Result> = {
  status: number;
  ok: boolean;
  result: T;
  error_code?: number;
  description?: string;
  parameters?: object;
};

export async function openServer(options: Partial<TelegramServerOptions> = {}) {
  let time = Date.parse("2026-11-22T02:00:00Z");
  const arrivals = new Map<string, () => void>();
  const server = await openTelegramServer({
    token,
    bot: { id: 4242, firstName: "Simpul", username: "simpul_bot" },
    people: [
      { id: ani, firstName: "Ani", lastName: "Wijaya", username: "ani_w", label: "Staff" },
      { id: budi, firstName: "Budi" },
    ],
    now: () => new Date(time),
    ...options,
    async intercept(call) {
      arrivals.get(call.method)?.();
      return await options.intercept?.(call);
    },
  });
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await server.close();
    isClosed = true;
  };
  onTestFinished(close);
  const { url } = await server.listen(0, "127.0.0.1");

  async function answerTo<T = Result>(request: Promise<Response>): Promise<Answer<T>> {
    const response = await request;
    return { status: response.status, ...((await response.json()) as Omit<Answer<T>, "status">) };
  }
  const methodUrl = (method: string) => `${url}bot${token}/${method}`;

  return {
    ...server,
    url,
    close,
    methodUrl,
    /** As JSON. */
    call: <T = Result>(method: string, parameters: object = {}) =>
      answerTo<T>(
        fetch(methodUrl(method), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(parameters),
        }),
      ),
    /** As multipart or urlencoded form, with other headers, or as GET. */
    request: (method: string, init: RequestInit = {}) => answerTo(fetch(methodUrl(method), init)),
    updates: async (parameters: object = {}) =>
      (await answerTo<ReceivedUpdates>(fetch(methodUrl("getUpdates"), json(parameters)))).result,
    /** Settles when the next call of this method is about to be carried out. Ask before calling. */
    arrivalOf: (method: string) => new Promise<void>((resolve) => arrivals.set(method, resolve)),
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
