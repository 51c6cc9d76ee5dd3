// Runs a TypeScript program: `node run-typescript.js program.ts`. Node 20 can't by itself, and no Node
// takes an enum. Only this thread learns it: how workers load TypeScript is for the package to show.
import { register } from "node:module";
import { pathToFileURL } from "node:url";

register("./typescript-hooks.js", import.meta.url);
await import(pathToFileURL(process.argv[2]).href);
