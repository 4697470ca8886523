namespace ClvOrleans.Cli.Tests.Deploy;

/// <summary>A line of a Dockerfile: <c>COPY</c> and what follows.</summary>
internal sealed record Instruction(string Name, string Arguments);
