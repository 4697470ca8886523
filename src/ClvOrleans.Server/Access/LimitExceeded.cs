using System.Globalization;
using ClvOrleans.Server.Http;

namespace ClvOrleans.Server.Access;

/// <summary>A limit that a request is beyond.</summary>
/// <param name="Limit">Its name, which is the code of the error.</param>
/// <param name="RetryAfter">When to come again.</param>
/// <param name="Of">What it is for, and how much.</param>
internal sealed record LimitExceeded(string Limit, TimeSpan RetryAfter, string Of)
{
    /// <summary>The answer.</summary>
    public IResult Answer(HttpContext context)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return ApiErrors.Problem(
            StatusCodes.Status429TooManyRequests, Limit, $"{Of}; send again after {seconds} s, or raise Limits__{NameOf(Limit)}.");
    }

    private static string NameOf(string limit) =>
        string.Concat(limit.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
