using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Cli.Diagnoses;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Cli.Commands;

/// <summary><c>clv doctor</c>: what is wrong with an installation, and what to do.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static Command Create()
    {
        var command = new Command(
            "doctor",
            "Look at the machine, the configuration, the database, its migrations and clock, the disk, the silos, the service, its model "
                + "and its figures; say what to do. It changes nothing. Exit status 1 where something is bad.")
        {
            Shared.Postgres,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetValue(Shared.Data)!;
        var isAsked = parsed.GetResult(Shared.Urls) is { Implicit: false };
        var address = (isAsked ? null : FolderLock.FindAddress(folder)) ?? Service.AddressOf(parsed.GetValue(Shared.Urls)!);
        List<Finding> findings =
        [
            .. MachineDiagnosis.Find(folder),
            .. ConfigurationDiagnosis.Find(folder),
            .. parsed.GetValue(Shared.Postgres) is { } postgres
                ? await PostgresDiagnosis.FindAsync(postgres, cancellation)
                : await SqliteDiagnosis.FindAsync(folder),
            .. await ServiceDiagnosis.FindAsync(address, ServiceKey.Find(folder, address), cancellation),
        ];
        var isGood = findings.TrueForAll(f => f.State != FindingState.Bad);
        if (parsed.GetValue(Shared.Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(new { ok = isGood, findings }, Json));
        }
        else
        {
            findings.ForEach(Print);
        }

        return isGood ? 0 : 1;
    }

    private static void Print(Finding finding)
    {
        var state = finding.State switch
        {
            FindingState.Good => "ok   ",
            FindingState.Doubtful => "note ",
            _ => "WRONG",
        };
        Console.WriteLine($"{state}  {finding.Subject}: {Terminal.Plain(finding.Text)}");
        if (finding.Remedy is not null)
        {
            Console.WriteLine($"       {finding.Remedy}");
        }
    }
}
