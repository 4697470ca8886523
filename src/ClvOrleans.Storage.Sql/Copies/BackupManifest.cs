using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Storage.Sql.Copies;

/// <summary>What a backup holds.</summary>
/// <param name="Format">Version of the format of its files.</param>
/// <param name="Source">What it was made of.</param>
/// <param name="Id">Which state of which store it is.</param>
/// <param name="TakenAt">The moment.</param>
/// <param name="Tables">Its tables, each in the file <c>NAME.rows.gz</c>.</param>
public sealed record BackupManifest(int Format, string Source, string Id, DateTimeOffset TakenAt, ImmutableArray<CopiedTable> Tables)
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The file.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="StorageUnavailableException">There is none that this version reads.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Json)!;
            return manifest.Format == CurrentFormat && !manifest.Tables.IsDefault ? manifest
                : throw new StorageUnavailableException(
                    $"{folder} is a backup of format {manifest.Format}, which this version of clv does not read.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"{folder} is no backup that can be read: {e.Message}", e);
        }
    }

    /// <summary>Writes it.</summary>
    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));

    internal static string FileOf(string table) => $"{table}.rows.gz";
}
