using ClvOrleans.Cli;

return await CommandLine.RunAsync(args);
