using System.CommandLine;
using System.Globalization;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    /// <summary>All commands: the embedded store.</summary>
    public static Option<string> Data { get; } = new("--data")
    {
        Description = "Folder of the embedded store (or CLV_DATA_DIR); created if it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Variable("CLV_DATA_DIR") ?? "./clv-data",
        Recursive = true,
    };

    /// <summary>All commands: the service.</summary>
    public static Option<string> Urls { get; } = new("--urls")
    {
        Description = "Address to serve at, or of the service to call (or CLV_URLS). A service that uses the folder is found without it.",
        HelpName = "URL",
        DefaultValueFactory = _ => Variable("CLV_URLS") ?? "http://127.0.0.1:5080",
        Recursive = true,
    };

    /// <summary>All commands that ask a service: which of its stores.</summary>
    public static Option<string?> Store { get; } = new("--store")
    {
        Description = "The store, where the service has several (or CLV_STORE). [default: the only open one]",
        HelpName = "ID",
        DefaultValueFactory = _ => Variable("CLV_STORE"),
        Recursive = true,
    };

    /// <summary>All commands: for machines.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object instead of text.", Recursive = true };

    /// <summary>Commands that use the storage itself.</summary>
    public static Option<string?> Postgres { get; } = new("--postgres")
    {
        Description = "Connection string of PostgreSQL, which several silos may share, instead of the embedded store (or CLV_POSTGRES).",
        HelpName = "CONNECTION",
        DefaultValueFactory = _ => Variable("CLV_POSTGRES"),
    };

    /// <summary>Commands that may make a store.</summary>
    public static Option<string?> WriteKey { get; } = new("--write-key")
    {
        Description = "Write key of a new store (or CLV_WRITE_KEY). [default: wk_local]",
        HelpName = "KEY",
        DefaultValueFactory = _ => Variable("CLV_WRITE_KEY"),
    };

    /// <summary>Commands that may make a store.</summary>
    public static Option<string?> Currency { get; } = new("--currency")
    {
        Description = "Currency of a new store (ISO 4217; or CLV_CURRENCY). [default: USD]",
        HelpName = "CODE",
        DefaultValueFactory = _ => Variable("CLV_CURRENCY"),
    };

    /// <summary>An option that takes a day, and names itself where it is given something else.</summary>
    public static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DAY",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                result.AddError($"{name}: '{text}' is not a date such as 2026-01-31.");
            }

            return day;
        },
    };

    /// <summary>
    /// Refuses addresses that cannot be listened at, before anything is made. <exception cref="UsageException">One is such.</exception>
    /// </summary>
    public static void CheckUrls(string urls)
    {
        try
        {
            ListenAddresses.Parse(urls);
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // A container's settings come by the environment; an empty one is none.
    internal static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
