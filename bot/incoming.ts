import type { IncomingFile } from "../core/actions/upload/keep-files.ts";
import { accept, type Outcome, refuse } from "../core/domain/outcome.ts";
import type { Message } from "./telegram/update.ts";

/** A bot cannot fetch more. https://core.telegram.org/bots/api#getfile */
const largestFileMegabytes = 20;

type Sent = { file_id: string; file_name?: string | undefined; mime_type?: string | undefined };

/** The file of a message, whatever Telegram calls it; undefined where it has none, refused where it is too large to be fetched. */
export function incomingFile(message: Message): Outcome<IncomingFile> | undefined {
  const { message_id: id, photo, animation, document, voice, video, video_note: videoNote, audio } = message;
  const largest = photo?.at(-1);
  if (largest !== undefined) return received("photo", largest, `foto-${id}.jpg`, "image/jpeg");
  if (voice !== undefined) return received("voice", voice, `suara-${id}.ogg`, "audio/ogg");
  if (video !== undefined) return received("video", video, `video-${id}.mp4`, "video/mp4");
  if (videoNote !== undefined) return received("video-note", videoNote, `pesan-video-${id}.mp4`, "video/mp4");
  if (audio !== undefined) return received("audio", audio, `audio-${id}.mp3`, "audio/mpeg");
  // Telegram sends an animation as a document too, for older bots.
  if (animation !== undefined) return received("animation", animation, `animasi-${id}.mp4`, "video/mp4");
  if (document !== undefined) return received("document", document, "berkas", "application/octet-stream");
  return undefined;
}

function received(
  kind: IncomingFile["kind"],
  sent: Sent & { file_size?: number | undefined },
  usualName: string,
  usualType: string,
): Outcome<IncomingFile> {
  const isTooLarge = sent.file_size !== undefined && sent.file_size > largestFileMegabytes * 1024 * 1024;
  if (isTooLarge) return refuse("file-too-large", { megabytes: largestFileMegabytes });
  return accept({
    kind,
    name: sent.file_name ?? usualName,
    mimeType: sent.mime_type ?? usualType,
    telegramFileId: sent.file_id,
  });
}

/** What somebody wrote, or the place that they sent, as short words: coordinates can be pasted into any map. */
export function incomingText({ text, caption, location, venue }: Message): string | undefined {
  if (location === undefined) return text ?? caption;
  const place = venue === undefined ? "" : ` (${venue.title}, ${venue.address})`;
  return `Lokasi: ${location.latitude.toFixed(6)}, ${location.longitude.toFixed(6)}${place}`;
}
