/** A server in a process of its own, so that a test can kill it. Arguments: folder. Prints its address. */
import { openTelegramServer } from "../../telegram-server/server.ts";

const server = await openTelegramServer({
  token: "1:child",
  bot: { id: 1, firstName: "Simpul", username: "simpul_bot" },
  people: [{ id: 1001, firstName: "Ani" }],
  folder: process.argv[2] ?? "",
});
const { url } = await server.listen(0, "127.0.0.1");
console.log(url);
