namespace ClvOrleans.Cli.Commands;

/// <summary>The command failed; the message is for its user: exit status 1.</summary>
internal sealed class CommandException(string message) : Exception(message);
