// The process stands still for a while, as on a machine that sleeps; nobody in it is to blame.
import { spawn } from "node:child_process";
import { watchStalls } from "weftwork/loop";
import { pause, spin } from "./kit.js";

const stalls = [];
const watch = watchStalls({ onStall: (stall) => stalls.push(stall) });
await watch.ready;
/** Somebody who always computes a little, so that the stop is likely to come in the middle of it. */
const busy = setInterval(() => spin(8), 10);
await pause(100);
const commands = `sleep 0.1; kill -STOP ${process.pid}; sleep 1; kill -CONT ${process.pid}`;
const shell = spawn("sh", ["-c", commands], { stdio: "ignore" });
await new Promise((resolve) => shell.once("exit", resolve));
await pause(300);
clearInterval(busy);
watch[Symbol.dispose]();
for (const stall of stalls) process.stdout.write(`${JSON.stringify(stall)}\n`);
