import { mediaOf, newFile, type Played, type PlayedKind, titleOf } from "../media.ts";
import { integerOf, type Parameters, textOf } from "../parameters.ts";
import { pictureIn } from "../picture.ts";
import { badRequest, tooLarge } from "../refusal.ts";
import type { Change, MediaKind, StoredFile } from "../state.ts";
import type { World } from "../world.ts";
import type { Method } from "./call.ts";
import { send } from "./send.ts";
import { asCaption, checkCaption, readCaption } from "./text-parameters.ts";

/** source: tdlib, MAX_PHOTO_SIZE */
const largestPhotoBytes = 10 * 2 ** 20;
/** source: Bot API, "Sending files" */
const largestFileBytes = 50 * 2 ** 20;
/** source: Bot API, sendPhoto: width and height together, and their ratio */
const largestPhotoSides = 10_000;
const largestPhotoRatio = 20;

type Upload = { bytes: Buffer; name: string; mimeType: string };
type Known = { file: StoredFile; changes: Change[] };

export const sendPhoto = sendFile("photo", "photo", (world, { bytes }) => uploadedPhoto(world, bytes));
export const sendDocument = sendFile("document", "document", uploadedDocument);
export const sendVoice = sendPlayed("voice", "voice");
export const sendVideo = sendPlayed("video", "video");
export const sendVideoNote = sendPlayed("video_note", "video note");
export const sendAudio = sendPlayed("audio", "audio");
export const sendAnimation = sendPlayed("animation", "animation");

function sendPlayed(kind: PlayedKind, name: string): Method {
  return sendFile(kind, name, (world, upload, parameters) => uploadedPlayed(world, kind, upload, parameters));
}

/** @param name as Telegram's error calls what is missing */
function sendFile(
  kind: MediaKind,
  name: string,
  uploaded: (world: World, upload: Upload, parameters: Parameters) => Known,
): Method {
  return (world, { parameters }) => {
    const given = inputFile(parameters, kind, name);
    const caption = kind === "video_note" ? undefined : readCaption(parameters);
    return send(world, parameters, () => {
      if (caption !== undefined) checkCaption(caption);
      const { file, changes } =
        "bytes" in given ? uploaded(world, given, parameters) : known(world, given.fileId, kind);
      return { content: { ...mediaOf(file), ...(caption === undefined ? {} : asCaption(caption)) }, changes };
    });
  };
}

/** An upload under the field's own name or by `attach://`, or the id of a file that the server has. */
function inputFile(parameters: Parameters, field: string, name: string): Upload | { fileId: string } {
  const value = textOf(parameters, field);
  const isAttached = value.startsWith("attach://");
  if (value !== "" && !isAttached) return { fileId: value };
  const file = parameters.files.get(isAttached ? value.slice("attach://".length) : field);
  if (file === undefined) throw badRequest(`there is no ${name} in the request`);
  return file;
}

/** Of a known file Telegram minds only whether it is a photo; what else it is, it stays. source: tdlib, is_document_file_type */
function known(world: World, fileId: string, kind: MediaKind): Known {
  // Telegram would fetch the address; this server goes nowhere.
  if (/^https?:\/\//i.test(fileId)) throw badRequest("failed to get HTTP URL content");
  const file = world.state.files.get(fileId);
  if (file === undefined) {
    throw badRequest("wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
  }
  if ((file.kind === "photo") !== (kind === "photo")) {
    throw badRequest(`can't use file of type ${titleOf(file.kind)} as ${titleOf(kind)}`);
  }
  return { file, changes: [] };
}

function uploadedPhoto(world: World, bytes: Buffer): Known {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (bytes.length > largestPhotoBytes) {
    const sizes = `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${largestPhotoBytes} bytes`;
    throw badRequest(sizes);
  }
  const picture = pictureIn(bytes);
  if (picture === undefined) throw badRequest("IMAGE_PROCESS_FAILED");
  const { width, height } = picture;
  if (width + height > largestPhotoSides || Math.max(width / height, height / width) > largestPhotoRatio) {
    throw badRequest("PHOTO_INVALID_DIMENSIONS");
  }
  const { file, change } = newFile(world, { kind: "photo", bytes, ...picture });
  return { file, changes: [change] };
}

function uploadedDocument(world: World, { bytes, name, mimeType }: Upload): Known {
  requireSize(bytes);
  const { file, change } = newFile(world, { kind: "document", bytes, mimeType, name: name === "" ? "document" : name });
  return { file, changes: [change] };
}

/** Duration and size are what the call says: nothing here plays the file. */
function uploadedPlayed(world: World, kind: PlayedKind, upload: Upload, parameters: Parameters): Known {
  const { bytes, name, mimeType } = upload;
  requireSize(bytes);
  const positive = (field: string) => Math.max(0, integerOf(parameters, field));
  const [title, performer] = [textOf(parameters, "title"), textOf(parameters, "performer")];
  const played: Played = {
    durationSeconds: positive("duration"),
    ...(name === "" ? {} : { name }),
    ...(kind === "video_note"
      ? { width: positive("length"), height: positive("length") }
      : { width: positive("width"), height: positive("height") }),
    ...(kind === "audio" && title !== "" ? { title } : {}),
    ...(kind === "audio" && performer !== "" ? { performer } : {}),
  };
  const { file, change } = newFile(world, { kind, bytes, mimeType, ...played });
  return { file, changes: [change] };
}

function requireSize(bytes: Buffer): void {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (bytes.length > largestFileBytes) throw tooLarge();
}
