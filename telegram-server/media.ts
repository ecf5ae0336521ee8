import { randomBytes } from "node:crypto";
import { extensionOf, mimeTypeOf } from "./mime-types.ts";
import type { Change, MediaKind, StoredFile } from "./state.ts";
import type { Message } from "./types.ts";
import type { World } from "./world.ts";

/**
 * What Telegram makes of each kind of file: how its ids begin, the folder of its path, how its errors call it, and what a name or
 * type is where nobody gives one. source: tdlib, FileType.cpp; the beginnings are those of ids as they are seen
 */
const kinds: Record<
  MediaKind,
  { idPrefix: string; folder: string; title: string; extension: string; mimeType: string }
> = {
  photo: { idPrefix: "AgAC", folder: "photos", title: "Photo", extension: "jpg", mimeType: "image/jpeg" },
  document: { idPrefix: "BQAC", folder: "documents", title: "Document", extension: "", mimeType: "" },
  voice: { idPrefix: "AwAC", folder: "voice", title: "VoiceNote", extension: "oga", mimeType: "audio/ogg" },
  video: { idPrefix: "BAAC", folder: "videos", title: "Video", extension: "mp4", mimeType: "video/mp4" },
  video_note: { idPrefix: "DQAC", folder: "video_notes", title: "VideoNote", extension: "mp4", mimeType: "video/mp4" },
  audio: { idPrefix: "CQAC", folder: "music", title: "Audio", extension: "mp3", mimeType: "audio/mpeg" },
  animation: { idPrefix: "CgAC", folder: "animations", title: "Animation", extension: "mp4", mimeType: "video/mp4" },
};

/** Kinds that are neither picture nor document: they play. */
export type PlayedKind = Exclude<MediaKind, "photo" | "document">;

export const playedKinds: readonly PlayedKind[] = ["voice", "video", "video_note", "audio", "animation"];

/** As Telegram's errors call it, e.g. "VoiceNote". */
export function titleOf(kind: MediaKind): string {
  return kinds[kind].title;
}

export type NewFile = { bytes: Uint8Array; mimeType: string } & (
  | { kind: "photo"; width: number; height: number }
  | { kind: "document"; name: string }
  | ({ kind: PlayedKind } & Played)
);

export type Played = {
  name?: string;
  durationSeconds: number;
  /** pixels; of a video note both are its length */
  width?: number;
  height?: number;
  title?: string;
  performer?: string;
};

/** Stores the bytes; the change that makes them a file of the server has still to be recorded. */
export function newFile(world: World, file: NewFile): { file: StoredFile; change: Change } {
  const { bytes, mimeType, ...said } = file;
  const { idPrefix, folder } = kinds[file.kind];
  const number = world.state.files.size;
  const extension = extensionFor(file);
  const stored: StoredFile = {
    file_id: `${idPrefix}${randomBytes(36).toString("base64url")}`,
    file_unique_id: `${file.kind === "photo" ? "AQAD" : "AgAD"}${randomBytes(8).toString("base64url")}`,
    sha256: world.store.writeFile(bytes),
    sizeBytes: bytes.length,
    file_path: `${folder}/file_${number}${extension === "" ? "" : `.${extension}`}`,
    ...said,
    mimeType: typeFor(file),
  };
  return { file: stored, change: { change: "file", file: stored } };
}

function extensionFor(file: NewFile): string {
  if (file.kind === "photo") return (file.mimeType.split("/")[1] ?? "jpg").replace("jpeg", "jpg");
  if (file.kind === "document") return extensionOf(file.name);
  return extensionOf(file.name ?? "") || kinds[file.kind].extension;
}

function typeFor(file: NewFile): string {
  if (file.kind === "photo") return file.mimeType;
  if (file.kind === "document") return mimeTypeOf(file.name, file.mimeType);
  if (/^(?:audio|video)\/[a-z0-9.+-]+$/.test(file.mimeType)) return file.mimeType;
  const known = mimeTypeOf(file.name ?? "", file.mimeType);
  return known === "application/octet-stream" ? kinds[file.kind].mimeType : known;
}

/** What a message says of a stored file. A photo has one size: the picture as it came, since nothing here scales. */
export function mediaOf(file: StoredFile): Partial<Message> {
  const ids = { file_id: file.file_id, file_unique_id: file.file_unique_id, file_size: file.sizeBytes };
  const { kind, name, mimeType, width = 0, height = 0 } = file;
  const duration = file.durationSeconds ?? 0;
  const named = { ...(name === undefined ? {} : { file_name: name }), mime_type: mimeType };
  switch (kind) {
    case "photo":
      return { photo: [{ ...ids, width, height }] };
    case "document":
      return { document: { ...named, ...ids } };
    case "voice":
      return { voice: { duration, mime_type: mimeType, ...ids } };
    case "video":
      return { video: { duration, width, height, ...named, ...ids } };
    case "video_note":
      return { video_note: { duration, length: width, ...ids } };
    case "audio": {
      const { title, performer } = file;
      const tags = { ...(title === undefined ? {} : { title }), ...(performer === undefined ? {} : { performer }) };
      return { audio: { duration, ...named, ...tags, ...ids } };
    }
    case "animation":
      // Apps that know no animations show a document. source: Bot API, Message, animation
      return { animation: { duration, width, height, ...named, ...ids }, document: { ...named, ...ids } };
  }
}
