import { hasRole, type Person } from "../../core/domain/people/person.ts";
import type { Rendered } from "../rendered.ts";
import { html } from "./html.ts";
import { showTime } from "./office-words.ts";
import { screensOf } from "./screens-of.ts";

/** What did not come through, or came late. */
export const missedMessages = screensOf({
  apology: async (_db, _viewer, { inboxId }) =>
    said(
      html`⚠️ Pesan Anda tidak dapat diproses (rujukan M-${inboxId}). Administrator sudah diberi tahu; coba sekali lagi lewat /menu.`,
    ),
  "update-parked": async (_db, viewer, { inboxId }) =>
    toAdministrator(
      viewer,
      html`🛑 Sebuah pesan masuk tidak dapat diproses (rujukan M-${inboxId}). Lihat log server dengan rujukan itu.`,
    ),
  "message-dead": async (_db, viewer, { outboxId }) =>
    toAdministrator(
      viewer,
      html`🛑 Sebuah pesan keluar ditolak Telegram (rujukan K-${outboxId}). Lihat log server dengan rujukan itu.`,
    ),
  "updates-late": async (_db, _viewer, screen, office) => {
    const [since, until] = [showTime(new Date(screen.since), office), showTime(new Date(screen.until), office)];
    return said(
      html`ℹ️ Bot sempat tidak tersambung ke Telegram: ${since} sampai ${until}. Tidak ada pesan yang hilang; pesan dari masa itu baru diterima sekarang.`,
    );
  },
  "updates-missing": async (_db, _viewer, screen, office) => {
    const since = showTime(new Date(screen.since), office);
    return said(
      html`⚠️ Bot tidak tersambung ke Telegram sejak ${since}. Telegram hanya menyimpan pesan 24 jam: pesan dari masa itu mungkin hilang.`,
    );
  },
});

function said(words: ReturnType<typeof html>): Rendered {
  return { as: "text", html: words.markup };
}

function toAdministrator(viewer: Person, words: ReturnType<typeof html>): Rendered | undefined {
  return hasRole(viewer, "administrator") ? said(words) : undefined;
}
