import { html } from "hono/html";
import { page } from "./layout.ts";

/** Before it is opened: nothing of the secret is on it. */
export function closedSecretPage({ title, until }: { title: string; until: string }) {
  return page(
    "Rahasia sekali buka",
    html`<p>Untuk: <strong>${title}</strong></p>
<p>Isinya ditampilkan satu kali saja, lalu dihapus. Buka saat Anda siap mencatatnya; tautan ini berlaku sampai ${until}.</p>
<form method="post"><button type="submit">Tampilkan sekarang</button></form>`,
  );
}

export function openedSecretPage({ title, secret }: { title: string; secret: string }) {
  return page(
    "Rahasia sekali buka",
    html`<p>Untuk: <strong>${title}</strong></p>
<pre>${secret}</pre>
<p>Salin sekarang: isinya sudah dihapus dari server, dan tautan ini tidak berlaku lagi.</p>`,
  );
}
