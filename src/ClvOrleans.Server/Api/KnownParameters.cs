using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using ClvOrleans.Server.Http;

namespace ClvOrleans.Server.Api;

/// <summary>
/// Refuses query parameters that an endpoint does not know, since a misspelt horizon must not be answered with the default one, and texts
/// that no name, id or number can be: what storage would stumble over does not come near it.
/// </summary>
internal static class KnownParameters
{
    private const int Longest = 255;

    public static EndpointFilterDelegate Only(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        // Every query parameter is described; nothing else is.
        var known = factory.MethodInfo.GetParameters().Where(p => p.GetCustomAttribute<DescriptionAttribute>() is not null).ToDictionary(
            p => p.Name!, p => p.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength ?? Longest, StringComparer.OrdinalIgnoreCase);
        return invocation =>
        {
            foreach (var (name, texts) in invocation.HttpContext.Request.Query)
            {
                if (!known.TryGetValue(name, out var longest))
                {
                    return ValueTask.FromResult<object?>(ApiErrors.Problem(
                        StatusCodes.Status400BadRequest, "unknown_parameter",
                        $"There is no parameter '{name}' here{(known.Count == 0 ? "" : $"; known are {string.Join(", ", known.Keys)}")}."));
                }

                foreach (var text in texts)
                {
                    Check(known.Keys.First(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)), text ?? "", longest);
                }
            }

            return next(invocation);
        };
    }

    /// <summary>The same of endpoints that ignore what they do not know: only their texts are checked.</summary>
    public static ValueTask<object?> Texts(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        foreach (var (name, texts) in invocation.HttpContext.Request.Query)
        {
            foreach (var text in texts)
            {
                Check(name, text ?? "", Longest);
            }
        }

        return next(invocation);
    }

    private static void Check(string name, string text, int longest)
    {
        if (text.Length > longest)
        {
            throw new QueryException(name, $"it is longer than {longest} characters");
        }

        if (text.Any(char.IsControl))
        {
            throw new QueryException(name, "it has a control character");
        }
    }
}
