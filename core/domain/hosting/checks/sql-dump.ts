import { type Finding, type FindingCode, finding } from "../check.ts";
import { type Dialect, type SqlListener, SqlScanner, withoutClientLines } from "./sql-scanner.ts";

/** By which program and from which server a dump was made. */
export type DumpMaker = {
  product: "mysql" | "mariadb" | "postgresql";
  tool: string;
  /** Of the tool, as far as it says. */
  version: string;
  /** Of the server, as far as it says. */
  server: string;
};

const makers: readonly { tool: string; mark: RegExp; product: (match: RegExpExecArray) => DumpMaker["product"] }[] = [
  { tool: "mariadb-dump", mark: /^-- MariaDB dump (?<version>[\d.]+)/m, product: () => "mariadb" },
  {
    tool: "mysqldump",
    mark: /^-- MySQL dump (?<version>[\d.]+)\s+Distrib (?<server>[\d.]+)(?<maria>-MariaDB)?/m,
    product: ({ groups }) => (groups?.maria === undefined ? "mysql" : "mariadb"),
  },
  { tool: "pg_dump", mark: /^-- PostgreSQL database dump\s*$/m, product: () => "postgresql" },
  { tool: "phpMyAdmin", mark: /^-- phpMyAdmin SQL Dump\s+-- version (?<version>[\d.]+)/m, product: () => "mysql" },
  { tool: "Adminer", mark: /^-- Adminer (?<version>[\d.]+) (?:MySQL|MariaDB)/m, product: () => "mysql" },
  { tool: "Adminer", mark: /^-- Adminer (?<version>[\d.]+) PostgreSQL/m, product: () => "postgresql" },
  { tool: "HeidiSQL", mark: /^-- HeidiSQL[^\d]*(?<version>[\d.]+)/m, product: () => "mysql" },
  {
    tool: "Navicat",
    mark: /^\s*Navicat(?: Premium| MySQL| MariaDB)? (?:Dump SQL|Data Transfer)/m,
    product: () => "mysql",
  },
];

/** What a dump says of itself at its beginning; undefined of what is none. @param head its first kilobytes */
export function makerOf(head: string): DumpMaker | undefined {
  for (const { tool, mark, product } of makers) {
    const match = mark.exec(head);
    if (match === null) continue;
    const server =
      /^-- (?:Server version:?|Dumped from database version)\s+(?<version>[\d.]+)(?<maria>\S*MariaDB)?/m.exec(head);
    const version = match.groups?.version ?? /^-- Dumped by pg_dump version ([\d.]+)/m.exec(head)?.[1] ?? "";
    const isMaria = server?.groups?.maria !== undefined;
    return {
      product: isMaria ? "mariadb" : product(match),
      tool,
      version,
      server: server?.groups?.version ?? match.groups?.server ?? "",
    };
  }
  return undefined;
}

function dialectOf({ product }: DumpMaker): Dialect {
  return product === "postgresql" ? "postgresql" : "mysql";
}

/** With what the tools that have one end a dump. */
const endMarks: Partial<Record<string, RegExp>> = {
  "mariadb-dump": /^ Dump completed/,
  mysqldump: /^ Dump completed/,
  pg_dump: /^ PostgreSQL database dump complete/,
};

const nativeLanguages = "C|INTERNAL|PLPYTHON[23]?U?|PLPERLU|PLTCLU|PLSH|PLRUBY|PLJAVAU|PLR|PLV8U";

/**
 * What a dump of an application has no business with, by how a statement reads in capitals, its texts emptied. The account that
 * loads it has no right to any of it; this says so before, and in words.
 */
const dangers: readonly (readonly [FindingCode, RegExp])[] = [
  ["runs-program", /^COPY\b.*\b(?:FROM|TO)\s+PROGRAM\b/],
  ["reads-server-files", /^COPY\b.*\b(?:FROM|TO)\s*'/],
  ["reads-server-files", /^LOAD\s+(?:DATA|XML)\b|\bINTO\s+(?:OUTFILE|DUMPFILE)\b|\bLOAD_FILE\s*\(/],
  ["reads-server-files", /\b(?:PG_READ_(?:BINARY_)?FILE|PG_LS_DIR|PG_FILE_WRITE|LO_IMPORT|LO_EXPORT)\s*\(/],
  ["loads-native-code", /\bSONAME\b|^INSTALL\s+(?:PLUGIN|SONAME|COMPONENT)\b|^LOAD\s*'/],
  [
    "loads-native-code",
    new RegExp(
      `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:FUNCTION|PROCEDURE|AGGREGATE)\\b.*\\bLANGUAGE\\s+'?(?:${nativeLanguages})\\b`,
    ),
  ],
  [
    "loads-native-code",
    new RegExp(
      `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:TRUSTED\\s+)?(?:PROCEDURAL\\s+)?LANGUAGE\\s+(?!PLPGSQL\\b)|^CREATE\\s+EXTENSION\\b.*\\b(?:${nativeLanguages}|ADMINPACK)\\b`,
    ),
  ],
  [
    "reaches-out",
    /^CREATE\s+(?:EXTENSION\b.*\b(?:DBLINK|POSTGRES_FDW|FILE_FDW|MYSQL_FDW)\b|SERVER\b|FOREIGN\b|SUBSCRIPTION\b)|\bENGINE\s*=\s*'?(?:FEDERATED|CONNECT|SPIDER)\b|\bDBLINK\w*\s*\(/,
  ],
  [
    "changes-accounts",
    /^(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:USER|ROLE|GROUP)\b|^GRANT\b|^REVOKE\b|^SET\s+PASSWORD\b|^ALTER\s+DEFAULT\s+PRIVILEGES\b/,
  ],
  [
    "changes-accounts",
    /\b(?:MYSQL\s*\.\s*(?:USER|GLOBAL_PRIV|DB|TABLES_PRIV|FUNC|PLUGIN|PROC|EVENT)|PG_AUTHID|PG_SHADOW)\b/,
  ],
  [
    "changes-database",
    /^(?:CREATE|DROP|ALTER)\s+(?:DATABASE|TABLESPACE)\b|^CREATE\s+SCHEMA\s+(?:IF\s+NOT\s+EXISTS\s+)?MYSQL\b|^USE\b|^\\C(?:ONNECT)?\b/,
  ],
  [
    "changes-server",
    /^SET\b.*(?:\bGLOBAL\b|\bPERSIST(?:_ONLY)?\b)|^ALTER\s+SYSTEM\b|^(?:SHUTDOWN|KILL|FLUSH|RESET|PURGE|CHANGE\s+(?:MASTER|REPLICATION))\b/,
  ],
  ["definer", /\bDEFINER\s*=/],
  ["client-command", /^(?:SOURCE|SYSTEM|TEE|PAGER|EDIT|PROMPT)\s+\S/],
  ["client-command", /\\(?!-|(?:UN)?RESTRICT \w+$|C(?:ONNECT)?\b)/],
  [
    "client-command",
    /^SET\s+(?:NAMES|CHARACTER\s+SET|CHARACTER_SET_CLIENT\s*=)\s*'?(?:GBK|GB18030|GB2312|BIG5|SJIS|CP932|EUCKR|UJIS|EUCJPMS)\b|\bSTANDARD_CONFORMING_STRINGS\s*(?:=|TO\b)(?!\s*'?(?:ON|TRUE|1)\b)/,
  ],
];

/** Words that change where a text ends, so that what was read would not be what is run. */
const otherReading = /NO_BACKSLASH_ESCAPES|ANSI_QUOTES|\bANSI\b/i;
/** PostgreSQL has a function that sets it, too. */
const otherSetting = /^(?:standard_conforming_strings|client_encoding)$/i;

export type DumpReader = { push: (text: string) => void; end: () => Finding[] };

/** Reads a dump to its end: which statements have no place in it, and whether it is whole. @param more who listens as well */
export function readDump(maker: DumpMaker, more: Partial<SqlListener> = {}): DumpReader {
  const found = new Map<string, Finding>();
  const add = (code: FindingCode, line: number, text: string) => {
    const words = wordsOf(text);
    const key = `${code} ${words}`;
    if (!found.has(key)) found.set(key, finding(code, { line, statement: words }));
  };
  let isEnded = false;
  const split = splitByClient();
  const scanner = new SqlScanner(dialectOf(maker), {
    statement: (text, line) => {
      if (withoutClientLines(text) !== "") isEnded = false;
      for (const piece of split(text)) {
        const shown = piece.replaceAll(/\s+/g, " ").trim().toUpperCase();
        for (const [code, mark] of dangers) if (mark.test(shown)) add(code, line, shown);
      }
      more.statement?.(text, line);
    },
    literal: (text, line, statement) => {
      const isSet = /^\s*SET\b/i.test(statement) && otherReading.test(text);
      const isSetByFunction = /\bset_config\b/i.test(statement) && otherSetting.test(text);
      if (isSet || isSetByFunction) add("client-command", line, statement);
      more.literal?.(text, line, statement);
    },
    comment: (text, line) => {
      if (endMarks[maker.tool]?.test(text.replace(/^--?/, ""))) isEnded = true;
      more.comment?.(text, line);
    },
    row: (text, line, statement) => more.row?.(text, line, statement),
    ambiguous: (line) => add("client-command", line, ""),
  });
  return {
    push: (text) => scanner.push(text),
    end: () => {
      const isBetween = scanner.end();
      return [...found.values(), ...endFindings(maker, isBetween, isEnded)];
    },
  };
}

/**
 * Statements as the server gets them. The client's own commands have no semicolon behind them: lines of psql that begin with a
 * backslash, and DELIMITER of mysql, after which other marks end statements too. In a body, some words come before a statement.
 */
function splitByClient(): (text: string) => string[] {
  let delimiter = ";";
  return (text) => {
    return text.split(/^([ \t]*\\[^\n]*)$/m).flatMap((part) => {
      return part.split(/^[ \t]*(?=DELIMITER\b)/im).flatMap((piece) => {
        const command = /^DELIMITER\b[ \t]*(\S*)[^\n]*/i.exec(piece);
        if (command !== null) delimiter = command[1] || ";";
        const statements = piece.slice(command?.[0].length ?? 0).split(delimiter);
        return statements.flatMap((statement) => statement.split(/\b(?:BEGIN|THEN|ELSE|LOOP)\b/i));
      });
    });
  };
}

function endFindings(maker: DumpMaker, isBetween: boolean, isEnded: boolean): Finding[] {
  const hasMark = endMarks[maker.tool] !== undefined;
  if (!isBetween || (hasMark && !isEnded)) return [finding("file-truncated")];
  return hasMark ? [] : [finding("dump-end-unknown", { tool: maker.tool })];
}

/** The first words of a statement: enough to find it, without what it carries. */
function wordsOf(statement: string): string {
  return statement.trim().split(/\s+/).slice(0, 3).join(" ").slice(0, 60);
}
