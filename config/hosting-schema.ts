import { z } from "zod";
import { parseAddress } from "../core/domain/ipam/address.ts";
import { parsePrefix } from "../core/domain/ipam/prefix.ts";
import { shortName, text, unique, unknownKeysOr } from "./schema-messages.ts";

const path = z.string().regex(/^\/\S*$/, { error: "must be an absolute path, for example /etc/simpul/docker" });
const port = z.int({ error: "must be a port, for example 443" }).min(1).max(65_535);
const network = z.string().refine((entered) => parsePrefix(entered).ok, {
  error: "must be a network, for example 10.40.0.0/16",
});
const address = z.string().refine((entered) => parseAddress(entered).ok, {
  error: "must be an address, for example 10.10.5.20",
});

const target = z
  .strictObject(
    {
      name: shortName("dc-1"),
      title: text("Server aplikasi 1"),
      endpoint: z.string().regex(/^(unix:\/\/\/|ssh:\/\/|tcp:\/\/)[\w.@:/[\]-]+$/, {
        error: "must be a Docker endpoint, for example unix:///var/run/docker.sock or ssh://simpul@10.1.0.5",
      }),
      certificates: path.optional(),
      zone: text("Utama"),
      prefix: network,
      proxy: z.strictObject(
        {
          addresses: z
            .array(address, { error: "must be a list, for example [10.10.5.20]" })
            .min(1, { error: "must name an address, for example [10.10.5.20]" }),
          httpPort: port,
          httpsPort: port,
          intranet: z.array(network, { error: "must be a list of networks, for example [10.0.0.0/8]" }),
          acmeDirectory: z.url({ error: "must be an address, for example https://acme.go.id/directory" }).optional(),
        },
        { error: unknownKeysOr("must hold addresses, httpPort, httpsPort and intranet") },
      ),
    },
    { error: unknownKeysOr("must be a target: name, title, endpoint, zone, prefix and proxy") },
  )
  .refine(({ endpoint, certificates }) => !endpoint.startsWith("tcp:") || certificates !== undefined, {
    path: ["certificates"],
    error: "must be given with tcp://: without TLS everybody on the way is root on that host",
  });

const size = z.strictObject(
  {
    name: shortName("kecil"),
    title: text("Kecil (256 MB, 0,5 CPU)"),
    memoryMb: z.int({ error: "must be whole megabytes, for example 256" }).min(16),
    cpus: z.number({ error: "must be a number, for example 0.5" }).positive(),
  },
  { error: unknownKeysOr("must be a size, for example { name: kecil, title: Kecil, memoryMb: 256, cpus: 0.5 }") },
);

const runtime = z.strictObject(
  {
    name: shortName("image"),
    title: text("Image kontainer"),
    port,
    healthPath: path,
    healthTest: z
      .array(z.string(), {
        error: 'must be a command, for example ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:{port}/"]',
      })
      .min(2),
  },
  { error: unknownKeysOr("must be a runtime: name, title, port, healthPath and healthTest") },
);

/** Where, by what and in which size a machine hosts applications. */
export const hostingSection = z.strictObject(
  {
    targets: z.array(target).check(unique("target", (each) => each?.name)),
    sizes: z.array(size).check(unique("size", (each) => each?.name)),
    runtimes: z.array(runtime).check(unique("runtime", (each) => each?.name)),
    planHours: z.int({ error: "must be whole hours, for example 72" }).min(1),
  },
  { error: unknownKeysOr("must hold targets, sizes, runtimes and planHours, or be left out") },
);
