import { html } from "hono/html";

type Html = ReturnType<typeof html>;

type Options = {
  script?: "upload.js";
  /** the way to our styles and scripts */
  assets?: string;
  /** after so long the browser fetches the page anew */
  refreshSeconds?: number;
};

/** One page as a whole. Its styles and scripts are ours, and found beside it, also where a proxy puts the pages below a folder. */
export function page(title: string, body: Html, { script, assets = "../assets", refreshSeconds }: Options = {}): Html {
  return html`<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${assets}/pages.css">
${refreshSeconds === undefined ? "" : html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
${script === undefined ? "" : html`<script type="module" src="${assets}/${script}"></script>`}
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;
}

/** A link that is no good, for whatever reason: the same words for all. */
export const noGoodPage = page(
  "Tautan tidak berlaku",
  html`<p>Tautan ini sudah dipakai, sudah kedaluwarsa, dibatalkan, atau tidak lengkap disalin.</p>
<p>Buka kembali percakapan dengan bot, lalu minta tautan baru di sana.</p>`,
);
