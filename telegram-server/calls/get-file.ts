import { textOf } from "../parameters.ts";
import { badRequest } from "../refusal.ts";
import type { Method } from "./call.ts";

/** source: tdlib/telegram-bot-api, MAX_DOWNLOAD_FILE_SIZE */
export const largestDownloadBytes = 20 * 2 ** 20;

export const getFile: Method = ({ state }, { parameters }) => {
  const fileId = textOf(parameters, "file_id");
  if (fileId === "") throw badRequest("file_id not specified");
  const file = state.files.get(fileId);
  if (file === undefined) throw badRequest("invalid file_id");
  if (file.sizeBytes > largestDownloadBytes) throw badRequest("file is too big");
  return {
    file_id: file.file_id,
    file_unique_id: file.file_unique_id,
    file_size: file.sizeBytes,
    file_path: file.file_path,
  };
};
