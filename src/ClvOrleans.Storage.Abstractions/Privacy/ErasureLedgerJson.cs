using System.Text.Json.Serialization;

namespace ClvOrleans.Storage.Privacy;

/// <summary>How ledgers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ErasureLedger))]
internal sealed partial class ErasureLedgerJson : JsonSerializerContext;
