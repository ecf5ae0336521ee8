import { findSecret } from "../../../core/db/hosting/one-time-secrets.ts";
import type { Db } from "../../../core/db/tables.ts";
import { findAttachment } from "../../../core/db/ticket/attachments.ts";
import { findUpload } from "../../../core/db/upload/uploads.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { ticketNumber } from "../../../core/domain/ticket/ticket.ts";
import { showSize } from "../../../core/domain/upload/size-text.ts";
import type { Rendered } from "../../rendered.ts";
import { html, lines } from "../html.ts";
import { showTime } from "../office-words.ts";
import { screensOf } from "../screens-of.ts";

/** What comes over a page, and what is shown on one: for the person whose link it is, and for nobody else. */
export const uploadScreens = screensOf<
  "upload-link" | "upload-arrived" | "upload-failed" | "secret-offered" | "secret-expired"
>({
  "upload-link": async (db, viewer, { uploadId, link }, office) => {
    const upload = await findOwn(findUpload(db, uploadId), viewer);
    if (upload === undefined) return undefined;
    return text(
      html`🔗 <b>Unggah berkas</b> · ${upload.title}`,
      html`Buka di peramban, di telepon atau komputer: ${link}`,
      html`\nUntuk satu berkas, satu kali, sampai ${showTime(upload.expiresAt, office)}. Jangan meneruskannya. Setelah berkas diterima, bot memberi tahu di sini; lalu lanjutkan isiannya.`,
    );
  },
  "upload-arrived": async (db, viewer, { uploadId }) => {
    const file = await findFile(db, viewer, uploadId);
    if (file?.sha256 == null) return undefined;
    const into = file.ticketId === null ? "" : ` dan masuk ke tiket ${ticketNumber(file.ticketId)}`;
    return text(
      html`📎 <b>${file.name}</b> (${showSize(file.sizeBytes ?? 0)}) diterima${into}.`,
      html`SHA-256: <code>${file.sha256}</code>`,
    );
  },
  "upload-failed": async (db, viewer, { uploadId }) => {
    const file = await findFile(db, viewer, uploadId);
    if (file === undefined) return undefined;
    return text(
      html`⚠️ Berkas "${file.name}" tidak berhasil disimpan. Minta tautan baru pada pertanyaan berkas, lalu unggah sekali lagi.`,
    );
  },
  "secret-offered": async (db, viewer, { secretId, link }, office) => {
    const secret = await findOwn(findSecret(db, secretId), viewer);
    if (secret === undefined) return undefined;
    return text(
      html`🔑 <b>${secret.title}</b>`,
      html`Buka di peramban: ${link}`,
      html`\nIsinya ditampilkan satu kali, lalu dihapus. Berlaku sampai ${showTime(secret.expiresAt, office)}. Jangan meneruskannya.`,
    );
  },
  "secret-expired": async (db, viewer, { secretId }) => {
    const secret = await findOwn(findSecret(db, secretId), viewer);
    if (secret === undefined) return undefined;
    const where =
      secret.checkId === null
        ? "minta yang baru pada tiketnya"
        : "buka 📋 Pemeriksaan pada halamannya, lalu tekan 🔑 Alamat baru";
    return text(
      html`⌛ Tautan rahasia untuk <b>${secret.title}</b> kedaluwarsa sebelum dibuka; isinya sudah dihapus. Jika masih diperlukan, ${where}.`,
    );
  },
});

async function findFile(db: Db, viewer: Person, uploadId: number) {
  const upload = await findOwn(findUpload(db, uploadId), viewer);
  return upload?.attachmentId == null ? undefined : findAttachment(db, upload.attachmentId);
}

async function findOwn<Row extends { personId: number }>(
  found: Promise<Row | undefined>,
  viewer: Person,
): Promise<Row | undefined> {
  const row = await found;
  return row?.personId === viewer.id ? row : undefined;
}

function text(...all: ReturnType<typeof html>[]): Rendered {
  return { as: "text", html: lines(...all).markup };
}
