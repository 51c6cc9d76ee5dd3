process.send(process.version);
process.disconnect();
