import { html } from "hono/html";
import type { Upload } from "../../core/db/upload/uploads.ts";
import { showSize } from "../../core/domain/upload/size-text.ts";
import { page } from "./layout.ts";

type Shown = Pick<Upload, "title" | "name" | "lengthBytes" | "receivedBytes">;

/**
 * What may come by the link, and how far it has come.
 *
 * @param limits.partBytes of one part, as the script sends it
 * @param until local time of the office, in words
 */
export function uploadPage(upload: Shown, limits: { largestMegabytes: number; partBytes: number }, until: string) {
  const { title, name, lengthBytes, receivedBytes } = upload;
  const largestBytes = limits.largestMegabytes * 2 ** 20;
  const begun =
    name === null || lengthBytes === null
      ? ""
      : html`<p class="begun">Berkas <strong>${name}</strong> (${showSize(lengthBytes)}) sudah diterima ${showSize(receivedBytes)}.
Pilih berkas itu lagi untuk melanjutkan; yang sudah diterima tidak dikirim ulang.</p>`;
  return page(
    "Unggah berkas",
    html`<p>Untuk: <strong>${title}</strong></p>
<ul>
<li>Satu berkas, paling besar ${showSize(largestBytes)}. Beberapa berkas: jadikan satu arsip dahulu, misalnya ZIP atau TAR.GZ.</li>
<li>Jenis apa pun diterima, misalnya arsip situs, hasil <code>docker save</code>, atau SQL.</li>
<li>Tautan ini hanya untuk Anda, satu kali, sampai ${until}. Jangan meneruskannya.</li>
<li>Jika sambungan putus atau halaman tertutup, buka tautan ini lagi, juga di perangkat lain, lalu pilih berkas yang sama.</li>
</ul>
${begun}
<form id="upload" data-part-bytes="${limits.partBytes}" data-largest-bytes="${largestBytes}">
<label for="file">Pilih berkas</label>
<input id="file" type="file" required>
<button type="submit">Unggah</button>
</form>
<progress id="progress" max="1" value="0" hidden></progress>
<p id="status" role="status" aria-live="polite"></p>
<noscript><p>Halaman ini memerlukan JavaScript. Nyalakan JavaScript di peramban Anda, lalu buka tautan ini lagi.</p></noscript>`,
    { script: "upload.js" },
  );
}
