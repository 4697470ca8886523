using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClvOrleans.Server.Http;

/// <summary>
/// A parameter of the address that is to be a number, or true or false, and is not: the framework refuses it without its name.
/// </summary>
internal static class UnreadableParameter
{
    /// <summary>The first of a request; null where all can be read.</summary>
    public static QueryException? Find(HttpContext http)
    {
        foreach (var parameter in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var type = parameter.ParameterInfo.ParameterType;
            var text = http.Request.RouteValues.GetValueOrDefault(parameter.Name) as string ?? http.Request.Query[parameter.Name];
            if (!string.IsNullOrEmpty(text) && KindOf(Nullable.GetUnderlyingType(type) ?? type, text) is { } kind)
            {
                return new QueryException(parameter.Name, $"'{text}' is not {kind}");
            }
        }

        return null;
    }

    // What the text is not; null where it can be read.
    private static string? KindOf(Type type, string text) =>
        type == typeof(bool) ? bool.TryParse(text, out _) ? null : "true or false"
        : type == typeof(int) ? NumberOr(int.TryParse(text, CultureInfo.InvariantCulture, out _))
        : type == typeof(long) ? NumberOr(long.TryParse(text, CultureInfo.InvariantCulture, out _))
        : type == typeof(double) ? NumberOr(double.TryParse(text, CultureInfo.InvariantCulture, out _))
        : type == typeof(decimal) ? NumberOr(decimal.TryParse(text, CultureInfo.InvariantCulture, out _))
        : null;

    private static string? NumberOr(bool isNumber) => isNumber ? null : "a number";
}
