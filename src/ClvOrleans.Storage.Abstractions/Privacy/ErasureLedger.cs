using System.Text.Json;

namespace ClvOrleans.Storage.Privacy;

/// <summary>
/// All that an installation remembers of its erasures, so that a backup of before can be restored without bringing anybody back. It names
/// nobody; with the secret one can try out names.
/// </summary>
/// <param name="Secret">The secret of the hashes, in base64.</param>
/// <param name="Erasures">What is remembered, by store.</param>
public sealed record ErasureLedger(string Secret, IReadOnlyDictionary<string, IReadOnlyList<Erasure>> Erasures)
{
    /// <summary>The file of a folder that holds it.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "erasures.json");

    /// <summary>Whether it has all that another has.</summary>
    public bool Includes(ErasureLedger other) => Secret == other.Secret
        && other.Erasures.All(store => !store.Value.Except(Erasures.GetValueOrDefault(store.Key, [])).Any());

    /// <summary>The ledger as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ErasureLedgerJson.Default.ErasureLedger);

    /// <summary>The ledger of a JSON text. <exception cref="JsonException">It is none.</exception></summary>
    public static ErasureLedger Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ErasureLedgerJson.Default.ErasureLedger) ?? throw new JsonException("There is no ledger.");
}
