using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClvOrleans.Reports.Noise;

/// <summary>How releases are kept.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReportRelease))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
