import { readBody } from "./body.ts";
import { generalTopicId } from "./groups.ts";
import { playedKinds } from "./media.ts";
import { parseMultipart } from "./multipart.ts";
import { isObject } from "./parameters.ts";
import type { People } from "./people.ts";
import type { Where } from "./person-place.ts";
import { PersonRefusal } from "./person-refusal.ts";
import { readJson } from "./playground-json.ts";
import type { Message } from "./types.ts";

const largestBodyBytes = 51 * 2 ** 20;

type Action = (people: People, personId: number, request: Request) => Promise<unknown>;

/** What one browser can do as a person, by the last part of the address. */
export const actions: Record<string, Action> = {
  async start(people, personId, request) {
    const body = await readJson(request);
    return { message: people.start(personId, body.payload === undefined ? undefined : text(body, "payload")) };
  },
  async messages(people, personId, request) {
    if (contentType(request) === "multipart/form-data") return { message: await sendFile(people, personId, request) };
    const body = await readJson(request);
    if (body.location !== undefined) return { message: sendLocation(people, personId, body) };
    return { message: people.sendText(personId, text(body, "text"), whereIn(body)) };
  },
  async edits(people, personId, request) {
    const body = await readJson(request);
    return { message: people.editText(personId, number(body, "message_id"), text(body, "text"), whereIn(body)) };
  },
  async presses(people, personId, request) {
    const body = await readJson(request);
    const messageId = number(body, "message_id");
    return { callback_query_id: people.press(personId, messageId, text(body, "data"), whereIn(body)) };
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

/** Nothing said means the private chat; in a forum nothing said of the topic means General. */
function whereIn(body: Record<string, unknown>): Where {
  const replyTo = body.reply_to_message_id === undefined ? {} : { replyTo: number(body, "reply_to_message_id") };
  if (body.group_id === undefined) return replyTo;
  const topicId = body.topic_id === undefined ? generalTopicId : number(body, "topic_id");
  return { ...replyTo, groupId: number(body, "group_id"), topicId };
}

function sendLocation(people: People, personId: number, body: Record<string, unknown>): Message {
  const { location } = body;
  const [latitude, longitude] = isObject(location) ? [location.latitude, location.longitude] : [];
  if (typeof latitude !== "number" || typeof longitude !== "number") {
    throw new PersonRefusal(400, 'Kolom "location" perlu "latitude" dan "longitude" berupa bilangan.');
  }
  return people.sendLocation(personId, { latitude, longitude, ...whereIn(body) });
}

async function sendFile(people: People, personId: number, request: Request): Promise<Message> {
  const body = await readBody(request.body, largestBodyBytes);
  const { fields, files } = parseMultipart(body, request.headers.get("content-type") ?? "");
  const file = files.get("file");
  if (file === undefined) throw new PersonRefusal(400, 'Formulir perlu berkas pada kolom "file".');
  const numbers = Object.fromEntries([...fields].map(([name, value]) => [name, Number(value)]));
  const { bytes, name, mimeType } = file;
  const shared = { bytes, caption: fields.get("caption") ?? "", ...whereIn(numbers) };
  const kind = fields.get("kind");
  if (kind === "photo") return people.sendPhoto(personId, shared);
  if (kind === "document") return people.sendDocument(personId, { ...shared, name, mimeType });
  const played = playedKinds.find((known) => known === kind);
  if (played === undefined) {
    throw new PersonRefusal(400, `Kolom "kind" harus salah satu dari: photo, document, ${playedKinds.join(", ")}.`);
  }
  const size = { durationSeconds: whole(numbers.duration), width: whole(numbers.width), height: whole(numbers.height) };
  return people.sendMedia(personId, { kind: played, name, mimeType, ...size, ...shared });
}

/** What the browser measured, where it could. */
function whole(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0;
}

function contentType(request: Request): string {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
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
