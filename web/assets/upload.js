/** Sends one file part by part; after a lost line, a reload or a restart of the server it goes on where it stood. */

const form = /** @type {HTMLFormElement} */ (document.getElementById("upload"));
const chosen = /** @type {HTMLInputElement} */ (document.getElementById("file"));
const progress = /** @type {HTMLProgressElement} */ (document.getElementById("progress"));
const statusLine = /** @type {HTMLElement} */ (document.getElementById("status"));
const partBytes = Number(form.dataset.partBytes);
const largestBytes = Number(form.dataset.largestBytes);
/** The link itself, beside which all else lies. */
const link = location.pathname;
const longestWaitMs = 30_000;
const askAgainMs = 1000;
const lineLost = "Sambungan terputus. Menunggu sambungan, lalu dilanjutkan …";

/** What the server says no to, in its own words. */
class Refused extends Error {}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = chosen.files?.[0];
  if (file === undefined) return;
  if (file.size > largestBytes)
    return say("Berkas itu terlalu besar. Pilih berkas yang lebih kecil, atau bagi berkasnya.");
  setBusy(true);
  try {
    await upload(file);
    await untilArrived();
  } catch (fault) {
    say(
      fault instanceof Refused
        ? fault.message
        : "Terjadi gangguan. Muat ulang halaman ini, lalu pilih berkas yang sama.",
    );
    setBusy(false);
  }
});

/** @param {File} file */
async function upload(file) {
  let offset = await begin(file);
  while (offset < file.size) {
    show(offset, file.size);
    offset = await sendPart(file, offset);
  }
  show(file.size, file.size);
}

/** @param {File} file @returns {Promise<number>} how much has come already */
async function begin(file) {
  const metadata = `filename ${base64(file.name)},filetype ${base64(file.type)}`;
  const headers = { "Tus-Resumable": "1.0.0", "Upload-Length": String(file.size), "Upload-Metadata": metadata };
  const answer = await persist(() => fetch(link, { method: "POST", headers }));
  await throwRefusal(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

/** @param {File} file @param {number} offset @returns {Promise<number>} where the next part begins */
async function sendPart(file, offset) {
  const part = file.slice(offset, offset + partBytes);
  try {
    const { code, at, text } = await patch(part, offset, (sent) => show(offset + sent, file.size));
    if (code === 204 || (code === 409 && at !== undefined)) return at ?? offset;
    if (code < 500 || code === 507) throw new Refused(sentenceOf(text));
    // Too many parts of it may come at once; a line of our own that is half open is one of them.
    say(errorIn(text) ?? lineLost);
  } catch (fault) {
    if (fault instanceof Refused) throw fault;
    say(lineLost);
  }
  await pause(askAgainMs);
  return whereItStands();
}

/**
 * fetch() does not tell how much has gone.
 *
 * @param {Blob} part @param {number} offset @param {(sentBytes: number) => void} onProgress
 * @returns {Promise<{ code: number, at: number | undefined, text: string }>}
 */
function patch(part, offset, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", link);
    request.setRequestHeader("Tus-Resumable", "1.0.0");
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("error", () => reject(new Error("sending a part: the line was lost")));
    request.addEventListener("load", () => {
      const at = request.getResponseHeader("Upload-Offset");
      resolve({ code: request.status, at: at === null ? undefined : Number(at), text: request.responseText });
    });
    request.send(part);
  });
}

/** @returns {Promise<number>} */
async function whereItStands() {
  const answer = await persist(() => fetch(link, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } }));
  if (!answer.ok) throw new Refused("Tautan ini tidak berlaku lagi. Minta tautan baru di percakapan dengan bot.");
  return Number(answer.headers.get("Upload-Offset"));
}

async function untilArrived() {
  say("Semua sudah diterima. Server sedang memeriksa berkasnya …");
  for (;;) {
    const answer = await persist(() => fetch(`${link}/state`));
    await throwRefusal(answer);
    const { state, sha256 } = await answer.json();
    if (state === "arrived") return showArrived(sha256);
    if (state === "failed")
      throw new Refused("Berkas tidak berhasil disimpan. Minta tautan baru di percakapan dengan bot.");
    await pause(askAgainMs);
  }
}

/**
 * Asks until there is an answer, ever more seldom.
 *
 * @param {() => Promise<Response>} ask
 */
async function persist(ask) {
  for (let waitMs = 1000; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    try {
      const answer = await ask();
      if (answer.status < 500 || answer.status === 507) return answer;
    } catch {
      // The line is still down.
    }
    say(lineLost);
    await pause(waitMs);
  }
}

/** @param {Response} answer */
async function throwRefusal(answer) {
  if (!answer.ok) throw new Refused(sentenceOf(await answer.text()));
}

/** @param {string} text */
function sentenceOf(text) {
  return errorIn(text) ?? "Tautan ini tidak berlaku lagi. Minta tautan baru di percakapan dengan bot.";
}

/** @param {string} text @returns {string | undefined} none where something before us answered */
function errorIn(text) {
  try {
    return String(JSON.parse(text).error);
  } catch {
    return undefined;
  }
}

/** @param {number} sentBytes @param {number} allBytes */
function show(sentBytes, allBytes) {
  progress.hidden = false;
  progress.value = sentBytes / allBytes;
  say(`${Math.floor((100 * sentBytes) / allBytes)}% · ${megabytes(sentBytes)} dari ${megabytes(allBytes)} MB`);
}

/** @param {string} sha256 */
function showArrived(sha256) {
  form.hidden = true;
  for (const begun of document.querySelectorAll(".begun")) begun.remove();
  say("✅ Berkas sudah diterima dan disimpan. Lanjutkan di percakapan dengan bot; halaman ini boleh ditutup.");
  const checksum = document.createElement("p");
  checksum.className = "checksum";
  checksum.append("SHA-256: ", Object.assign(document.createElement("code"), { textContent: sha256 }));
  statusLine.after(checksum);
}

/** @param {string} sentence */
function say(sentence) {
  statusLine.textContent = sentence;
}

/** @param {boolean} isBusy */
function setBusy(isBusy) {
  for (const control of form.elements) /** @type {HTMLInputElement} */ (control).disabled = isBusy;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 2 ** 20).toLocaleString("id-ID", { maximumFractionDigits: 1 });
}

/** @param {string} text */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
