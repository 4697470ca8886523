using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Cli.Commands;
using ClvOrleans.Simulation;

namespace ClvOrleans.Cli.Demo;

/// <summary>What a demo's folder remembers, as <c>demo.json</c>: which store is simulated, and how far it has come.</summary>
/// <param name="Customers">Customers of the history.</param>
/// <param name="Seed">Seed of all chance.</param>
/// <param name="Start">When the history starts.</param>
/// <param name="Position">The store has every event up to this moment, and perhaps some of the later ones.</param>
/// <param name="Time">The store's clock has not passed this moment: the next run starts from it.</param>
/// <param name="Example">The customer of the printed requests; null before the first opening.</param>
internal sealed record DemoFile(
    int Customers, int Seed, DateTimeOffset Start, DateTimeOffset Position, DateTimeOffset Time, string? Example = null)
{
    private const string Name = "demo.json";

    /// <summary>The store that is simulated.</summary>
    [JsonIgnore]
    public SimulatedStoreOptions Options => new() { Start = Start, Customers = Customers, Seed = Seed };

    /// <summary>Whether nothing of the history has been recorded yet.</summary>
    [JsonIgnore]
    public bool IsNew => Position == Start;

    /// <summary>
    /// Reads a folder's demo; where there is none, a new one with two years of history until now, which is not written yet.
    /// </summary>
    /// <exception cref="CommandException">The folder holds a real store, or another demo than the one asked for.</exception>
    public static DemoFile ReadOrNew(string folder, int? customers, int? seed, DateTimeOffset now)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            {
                throw new CommandException(
                    $"{folder} is not empty and holds no demo: the demo does not touch it. Name another folder with --data.");
            }

            var start = now.AddDays(-new SimulatedStoreOptions { Start = now }.Days);
            return new DemoFile(customers ?? SimulationOptions.DefaultCustomers, seed ?? SimulationOptions.DefaultSeed, start, start, now);
        }

        DemoFile known;
        try
        {
            known = JsonSerializer.Deserialize(File.ReadAllText(path), DemoFileJson.Default.DemoFile) ?? throw new JsonException();
            known = known.Customers > 0 && known.Start <= known.Position ? known : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CommandException(
                $"{path} cannot be read as the state of a demo: delete {folder}, or name another folder with --data.");
        }

        known = known with { Time = known.Time > known.Position ? known.Time : known.Position > now ? known.Position : now };
        return (customers ?? known.Customers) == known.Customers && (seed ?? known.Seed) == known.Seed
            ? known
            : throw new CommandException(
                $"{folder} holds a demo with {known.Customers} customers and seed {known.Seed}: delete it, or name another folder with "
                    + "--data.");
    }

    /// <summary>Writes it in one step, so that an end at any moment leaves the old one or the new one.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, DemoFileJson.Default.DemoFile));
        File.Move(path + ".new", path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(DemoFile))]
internal sealed partial class DemoFileJson : JsonSerializerContext;
