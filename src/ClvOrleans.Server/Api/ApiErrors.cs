using ClvOrleans.Model.Journal;
using Microsoft.AspNetCore.Diagnostics;

namespace ClvOrleans.Server.Api;

/// <summary>Errors as problem details, with the members <c>code</c> and <c>message</c> that tracking clients read.</summary>
internal static class ApiErrors
{
    public static IResult Problem(int status, string code, string message) => Results.Problem(
        statusCode: status, detail: message, extensions: new Dictionary<string, object?> { ["code"] = code, ["message"] = message });

    public static void Handle(IApplicationBuilder app) => app.Run(async context =>
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var result = error switch
        {
            BadHttpRequestException e => Problem(e.StatusCode, e.StatusCode == 413 ? "body_too_large" : "invalid_request", e.Message),
            JournalFullException => Overloaded(context),
            TimeoutException => Busy(context),
            _ => Problem(StatusCodes.Status500InternalServerError, "internal_error", "The request failed; its events were not acknowledged."),
        };
        await result.ExecuteAsync(context);
    });

    /// <summary>Bodies for answers of routing, which has none: 404 and 405.</summary>
    public static Task DescribeAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (code, message) = status switch
        {
            StatusCodes.Status404NotFound => ("not_found", "There is nothing at this address."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", $"The methods of this address are {context.HttpContext.Response.Headers.Allow}."),
            _ => ("invalid_request", "The request cannot be answered."),
        };
        return Problem(status, code, message).ExecuteAsync(context.HttpContext);
    }

    private static IResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The service is busy; send again after Retry-After seconds.");
    }

    private static IResult Overloaded(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status429TooManyRequests, "overloaded", "The journal's queue is full; send again after Retry-After seconds.");
    }
}
