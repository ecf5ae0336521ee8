import { zipOf } from "../../support/archives.ts";

/**
 * A jar of a server that says "halo dari java" to everybody, on port 8080. Where tests run there is no compiler; this is, by
 * `javac --release 17 -g:none`:
 *
 *     class Main {
 *       public static void main(String[] args) throws Exception {
 *         ServerSocket server = new ServerSocket(8080);
 *         while (true) {
 *           Socket asked = server.accept();
 *           asked.getInputStream().read(new byte[4096]);
 *           asked.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\nhalo dari java".getBytes());
 *           asked.close();
 *         }
 *       }
 *     }
 */
export function javaServer(): Buffer {
  return zipOf([
    { path: "META-INF/MANIFEST.MF", content: "Manifest-Version: 1.0\nMain-Class: Main\n" },
    { path: "Main.class", content: Buffer.from(compiled.join(""), "base64") },
  ]);
}

const compiled = [
  "yv66vgAAAD0AOgoAAgADBwAEDAAFAAYBABBqYXZhL2xhbmcvT2JqZWN0AQAGPGluaXQ+AQADKClWBwAIAQAVamF2YS9uZXQvU2Vy",
  "dmVyU29ja2V0CgAHAAoMAAUACwEABChJKVYKAAcADQwADgAPAQAGYWNjZXB0AQATKClMamF2YS9uZXQvU29ja2V0OwoAEQASBwAT",
  "DAAUABUBAA9qYXZhL25ldC9Tb2NrZXQBAA5nZXRJbnB1dFN0cmVhbQEAFygpTGphdmEvaW8vSW5wdXRTdHJlYW07CgAXABgHABkM",
  "ABoAGwEAE2phdmEvaW8vSW5wdXRTdHJlYW0BAARyZWFkAQAFKFtCKUkKABEAHQwAHgAfAQAPZ2V0T3V0cHV0U3RyZWFtAQAYKClM",
  "amF2YS9pby9PdXRwdXRTdHJlYW07CAAhAQAhSFRUUC8xLjAgMjAwIE9LDQoNCmhhbG8gZGFyaSBqYXZhCgAjACQHACUMACYAJwEA",
  "EGphdmEvbGFuZy9TdHJpbmcBAAhnZXRCeXRlcwEABCgpW0IKACkAKgcAKwwALAAtAQAUamF2YS9pby9PdXRwdXRTdHJlYW0BAAV3",
  "cml0ZQEABShbQilWCgARAC8MADAABgEABWNsb3NlBwAyAQAETWFpbgEABENvZGUBAARtYWluAQAWKFtMamF2YS9sYW5nL1N0cmlu",
  "ZzspVgEADVN0YWNrTWFwVGFibGUBAApFeGNlcHRpb25zBwA5AQATamF2YS9sYW5nL0V4Y2VwdGlvbgAgADEAAgAAAAAAAgAAAAUA",
  "BgABADMAAAARAAEAAQAAAAUqtwABsQAAAAAACQA0ADUAAgAzAAAASgADAAMAAAAwuwAHWREfkLcACUwrtgAMTSy2ABAREAC8CLYA",
  "FlcstgAcEiC2ACK2ACgstgAup//eAAAAAQA2AAAACAAB/AALBwAHADcAAAAEAAEAOAAA",
];
