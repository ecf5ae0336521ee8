export type UploadNotice =
  /** The link is taken out when it has gone. */
  | { kind: "upload-link"; uploadId: number; link: string }
  | { kind: "upload-arrived"; uploadId: number }
  | { kind: "upload-failed"; uploadId: number };
