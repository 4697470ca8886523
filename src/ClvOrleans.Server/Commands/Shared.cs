using System.CommandLine;

namespace ClvOrleans.Server.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    /// <summary>All commands: the embedded store.</summary>
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Folder of the embedded store; made where it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "./clv-data",
        Recursive = true,
    };

    /// <summary>All commands: the service.</summary>
    public static Option<string> Urls { get; } = new("--urls")
    {
        Description = "Address to serve at, or of the service to ask. A service that has the folder is found without it.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
        Recursive = true,
    };

    /// <summary>All commands: for machines.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object instead of text.", Recursive = true };

    /// <summary>Commands that may make a store.</summary>
    public static Option<string?> WriteKey { get; } = new("--write-key")
    {
        Description = "Write key of a new store. [default: wk_local]",
        HelpName = "KEY",
    };
}
