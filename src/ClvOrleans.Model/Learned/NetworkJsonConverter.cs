using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Model.Neural;

namespace ClvOrleans.Model.Learned;

/// <summary>Networks in JSON are their bytes, base64.</summary>
internal sealed class NetworkJsonConverter : JsonConverter<Network<float>>
{
    public override Network<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes))
        {
            throw new JsonException("A network is written as base64.");
        }

        try
        {
            return Networks.FromBytes<float>(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Network<float> value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.ToBytes());
}
