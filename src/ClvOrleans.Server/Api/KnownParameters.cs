using System.ComponentModel;
using System.Reflection;
using ClvOrleans.Server.Http;

namespace ClvOrleans.Server.Api;

/// <summary>
/// Refuses query parameters that an endpoint does not know: a misspelt horizon must not be answered with the default one.
/// </summary>
internal static class KnownParameters
{
    public static EndpointFilterDelegate Only(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        // Every query parameter is described; nothing else is.
        var known = factory.MethodInfo.GetParameters().Where(p => p.GetCustomAttribute<DescriptionAttribute>() is not null)
            .Select(p => p.Name!).ToArray();
        return invocation =>
            invocation.HttpContext.Request.Query.Keys.FirstOrDefault(
                k => !known.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? ValueTask.FromResult<object?>(ApiErrors.Problem(
                StatusCodes.Status400BadRequest, "unknown_parameter",
                $"There is no parameter '{unknown}' here{(known.Length == 0 ? "" : $"; known are {string.Join(", ", known)}")}."))
            : next(invocation);
    }
}
