using System.CommandLine;
using ClvOrleans.Cli.Commands;
using ClvOrleans.Cli.Demo;

namespace ClvOrleans.Cli;

/// <summary>
/// The commands of <c>clv</c>. Exit status: 0 success, 1 failure, 2 wrong usage. Answers go to the output, all else to the error stream.
/// </summary>
internal static class CommandLine
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="args">What follows <c>clv</c>.</param>
    /// <param name="cancellation">Ends the command as SIGINT does.</param>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellation = default)
    {
        var root = new RootCommand("The live value of every customer of a store. Exit status: 0 success, 1 failure, 2 wrong usage.")
        {
            Shared.Data,
            Shared.Urls,
            Shared.Store,
            Shared.Json,
        };
        root.Add(ServeCommand.Create());
        root.Add(ImportCommand.Create());
        root.Add(TrainCommand.Create());
        root.Add(BacktestCommand.Create());
        root.Add(FitCommand.Create());
        root.Add(CustomerCommand.Create());
        root.Add(SegmentsCommand.Create());
        root.Add(AcquisitionCommand.Create());
        root.Add(PredictionsCommand.Create());
        root.Add(ReportCommand.Create());
        root.Add(SimulateCommand.Create());
        root.Add(DemoCommand.Create());
        root.Add(StoreCommand.Create());
        root.Add(SourcesCommand.Create());
        root.Add(RefusedCommand.Create());
        root.Add(DeliveriesCommand.Create());
        root.Add(HealthCommand.Create());
        root.Add(CheckCommand.Create());
        root.Add(DoctorCommand.Create());
        root.Add(BackupCommand.Create());
        root.Add(RestoreCommand.Create());
        root.Add(MoveCommand.Create());
        root.Add(RepairCommand.Create());
        root.Add(RuleCommand.Create());
        root.Add(ListCommand.Create());
        root.Add(StockCommand.Create());
        root.Add(PoliciesCommand.Create());
        root.Add(DecisionsCommand.Create());
        root.Add(ExperimentsCommand.Create());
        root.Add(KeysCommand.Create());
        root.Add(AuditCommand.Create());
        root.Add(PrivacyCommand.Create());
        root.Add(PseudonymCommand.Create());
        var parsed = root.Parse(args);
        Shared.Data.Hidden = parsed.CommandResult.Command.Name == DemoCommand.Name; // It has a folder of its own.
        if (parsed.Errors.Count > 0)
        {
            return await UsageAsync(parsed, UsageText.Of(parsed));
        }

        try
        {
            // At SIGTERM load balancers have up to 2 min to turn away, and requests under way 30 s; the default here would end the process
            // after two.
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TimeSpan.FromSeconds(160),
                },
                cancellation);
        }
        catch (UsageException e)
        {
            return await UsageAsync(parsed, e.Message);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return 1;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(Failure.Describe(e));
            return 1;
        }
    }

    private static async Task<int> UsageAsync(ParseResult parsed, string message)
    {
        await Console.Error.WriteLineAsync(message);
        await Console.Error.WriteLineAsync($"See {UsageText.PathOf(parsed)} --help.");
        return 2;
    }
}
