using ClvOrleans.Server.Commands;

return await CommandLine.RunAsync(args);
