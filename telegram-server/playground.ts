import { readdir, readFile } from "node:fs/promises";
import { readBody } from "./body.ts";
import { parseMultipart, type UploadedFile } from "./multipart.ts";
import { isObject } from "./parameters.ts";
import type { People } from "./people.ts";
import { PersonRefusal } from "./person-refusal.ts";
import { openEventStreams } from "./playground-events.ts";
import { fileResponse } from "./playground-files.ts";
import { refuseForeign } from "./playground-guard.ts";
import { Refusal } from "./refusal.ts";
import type { PlaygroundPerson, World } from "./world.ts";

const largestBodyBytes = 51 * 2 ** 20;

const pageHeaders = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** What may be fetched, by path: the page, its styles and scripts. Listed once, so that no path from outside reaches the disk. */
async function staticFiles(): Promise<Map<string, { file: string; type: string }>> {
  const files = new Map<string, { file: string; type: string }>();
  for (const file of await readdir(new URL("playground/", import.meta.url))) {
    const type = types[/^[a-z-]+\.([a-z]+)$/.exec(file)?.[1] ?? ""];
    if (type !== undefined) files.set(file === "page.html" ? "/playground" : `/playground/${file}`, { file, type });
  }
  return files;
}

export type Playground = { handle(request: Request): Promise<Response>; close(): void };

/** The page and the HTTP API through which one browser plays the people. Errors are `{ error: sentence }`. */
export async function openPlayground(world: World, people: People): Promise<Playground> {
  const files = await staticFiles();
  const streams = openEventStreams(people);

  async function route(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method === "GET") {
      const page = files.get(pathname);
      if (page !== undefined) return await staticResponse(page);
      if (pathname === "/playground/api/people") return json(200, everybody(world, people));
      if (pathname === "/playground/api/events") return streams.open();
      const fileId = /^\/playground\/files\/([A-Za-z0-9_-]+)$/.exec(pathname)?.[1];
      if (fileId !== undefined) return await fileResponse(world, fileId);
      const personId = /^\/playground\/api\/people\/(\d+)\/chat$/.exec(pathname)?.[1];
      if (personId !== undefined) return json(200, chat(people, Number(personId)));
      return json(404, { error: "Tidak ada apa-apa di alamat ini." });
    }
    const [, personId, action] = /^\/playground\/api\/people\/(\d+)\/([a-z]+)$/.exec(pathname) ?? [];
    const act = action !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (act === undefined) return json(404, { error: "Tidak ada apa-apa di alamat ini." });
    if (request.method !== "POST") return json(405, { error: "Alamat ini hanya menerima POST." });
    return json(200, await act(people, Number(personId), request));
  }

  return {
    async handle(request) {
      try {
        return refuseForeign(request) ?? (await route(request));
      } catch (error) {
        if (error instanceof PersonRefusal) return json(error.status, { error: error.message });
        if (error instanceof Refusal) {
          const isTooLarge = error.code === 413;
          return json(error.code, {
            error: isTooLarge ? "Berkas paling besar 50 MB." : "Formulir tidak dapat dibaca.",
          });
        }
        console.error("answering a playground request", error);
        return json(500, { error: "Server tidak dapat melakukannya. Lihat catatan server." });
      }
    },
    close: streams.close,
  };
}

type Action = (people: People, personId: number, request: Request) => Promise<unknown>;

const actions: Record<string, Action> = {
  async start(people, personId, request) {
    const body = await readJson(request);
    return { message: people.start(personId, body.payload === undefined ? undefined : text(body, "payload")) };
  },
  async messages(people, personId, request) {
    if (contentType(request) === "multipart/form-data") return { message: await sendFile(people, personId, request) };
    const body = await readJson(request);
    const options = body.reply_to_message_id === undefined ? {} : { replyTo: number(body, "reply_to_message_id") };
    return { message: people.sendText(personId, text(body, "text"), options) };
  },
  async edits(people, personId, request) {
    const body = await readJson(request);
    return { message: people.editText(personId, number(body, "message_id"), text(body, "text")) };
  },
  async presses(people, personId, request) {
    const body = await readJson(request);
    return { callback_query_id: people.press(personId, number(body, "message_id"), text(body, "data")) };
  },
  async block(people, personId) {
    people.block(personId);
    return {};
  },
  async unblock(people, personId) {
    people.unblock(personId);
    return {};
  },
};

async function sendFile(people: People, personId: number, request: Request) {
  const body = await readBody(request.body, largestBodyBytes);
  const { fields, files } = parseMultipart(body, request.headers.get("content-type") ?? "");
  const file: UploadedFile | undefined = files.get("file");
  if (file === undefined) throw new PersonRefusal(400, 'Formulir perlu berkas pada kolom "file".');
  const replyTo = fields.get("reply_to_message_id");
  const shared = {
    bytes: file.bytes,
    caption: fields.get("caption") ?? "",
    ...(replyTo === undefined ? {} : { replyTo: Number(replyTo) }),
  };
  switch (fields.get("kind")) {
    case "photo":
      return people.sendPhoto(personId, shared);
    case "document":
      return people.sendDocument(personId, { ...shared, name: file.name, mimeType: file.mimeType });
    default:
      throw new PersonRefusal(400, 'Kolom "kind" harus "photo" atau "document".');
  }
}

function everybody({ bot, people }: World, apps: People) {
  const asPlayed = (person: PlaygroundPerson) => ({
    id: person.id,
    first_name: person.firstName,
    last_name: person.lastName,
    username: person.username,
    label: person.label,
    ...apps.standing(person.id),
  });
  return {
    bot: { id: bot.id, first_name: bot.first_name, username: bot.username },
    people: [...people.values()].map(asPlayed),
  };
}

function chat(people: People, personId: number) {
  return { messages: people.messages(personId), commands: people.commands(personId), ...people.standing(personId) };
}

async function staticResponse({ file, type }: { file: string; type: string }): Promise<Response> {
  const bytes = await readFile(new URL(`playground/${file}`, import.meta.url));
  return new Response(bytes, { headers: { ...pageHeaders, ...everywhere, "content-type": type } });
}

const everywhere = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

function json(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: everywhere });
}

function contentType(request: Request): string {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const body = await readBody(request.body, 2 ** 20);
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new PersonRefusal(400, "Isi permintaan bukan JSON.");
  }
  if (!isObject(value)) throw new PersonRefusal(400, "Isi permintaan bukan objek JSON.");
  return value;
}

function text(body: Record<string, unknown>, field: string): string {
  const value = body[field];
  if (typeof value !== "string") throw new PersonRefusal(400, `Kolom "${field}" harus berupa teks.`);
  return value;
}

function number(body: Record<string, unknown>, field: string): number {
  const value = body[field];
  if (!Number.isSafeInteger(value)) throw new PersonRefusal(400, `Kolom "${field}" harus berupa bilangan bulat.`);
  return value as number;
}
