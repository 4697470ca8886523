using System.Data.Common;
using ClvOrleans.Grains.Sales;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage;
using ClvOrleans.Storage.Models;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace ClvOrleans.Server.Http;

/// <summary>Errors as problem details, with the members <c>code</c> and <c>message</c> that tracking clients read.</summary>
internal static class ApiErrors
{
    public static IResult Problem(int status, string code, string message) => Results.Problem(
        statusCode: status, detail: message, extensions: new Dictionary<string, object?> { ["code"] = code, ["message"] = message });

    /// <summary>How exceptions become problems. The framework logs none of them: <see cref="FailureLog"/> does, once.</summary>
    public static ExceptionHandlerOptions Handler { get; } = new()
    {
        ExceptionHandler = HandleAsync,
        SuppressDiagnosticsCallback = _ => true,
    };

    /// <summary>
    /// Gives a body to the bare status codes of routing: an address that is not there, a method that an address does not have.
    /// </summary>
    public static Task DescribeAsync(StatusCodeContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var (code, message) = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ("unknown_address", "There is nothing at this address; see /docs."),
            StatusCodes.Status405MethodNotAllowed => (
                "wrong_method", $"Method {request.Method} is not allowed here; use {response.Headers.Allow}. See /docs."),
            StatusCodes.Status400BadRequest when UnreadableParameter.Find(context.HttpContext) is { } e => (e.Code, e.Message),
            var status => ("refused", $"The request was refused with status {status}."),
        };
        return Problem(response.StatusCode, code, message).ExecuteAsync(context.HttpContext);
    }

    /// <summary>
    /// The store's files are in trouble. What is wrong with them is for those who run the service, not for browsers of a shop.
    /// </summary>
    public static IResult Unavailable(HttpContext context, string sentence)
    {
        context.Response.Headers.RetryAfter = "5";
        var isInside = context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/health");
        return Problem(
            StatusCodes.Status503ServiceUnavailable, "storage_unavailable",
            isInside ? sentence : "The store cannot be written or read now; send again after Retry-After seconds.");
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error
            ?? new InvalidOperationException("There is no error to report.");
        var log = context.RequestServices.GetRequiredService<FailureLog>();
        var result = error switch
        {
            StoreException e => Problem(e.Status, e.Code, e.Message),
            QueryException e => Problem(StatusCodes.Status400BadRequest, e.Code, e.Message),
            NoiseException e => Problem(StatusCodes.Status409Conflict, NoiseException.Code, e.Message),
            UnreadableBodyException e => Problem(StatusCodes.Status400BadRequest, e.Code, e.Message),
            BadHttpRequestException e => Unreadable(e),
            OverloadedException e => Later(context, StatusCodes.Status429TooManyRequests, "overloaded", e.Message),
            JournalFullException => Later(
                context, StatusCodes.Status429TooManyRequests, "overloaded",
                "The journal's queue is full; send again after Retry-After seconds."),
            StorageUnavailableException e => Unavailable(context, e.Message), // Logged once, by StorageWatch.
            DbException e => Unexplained(context, log, e),
            TooManySalesException e => Problem(StatusCodes.Status503ServiceUnavailable, "too_many_sales", e.Message),
            UnreadableModelException e => Problem(StatusCodes.Status409Conflict, "unreadable_model", e.Message),
            _ when IsBusy(error) => Busy(context, log, error),
            _ => Unforeseen(context, log, error),
        };
        await result.ExecuteAsync(context);
    }

    // A silo that starts, stops or is overloaded.
    private static bool IsBusy(Exception error) => error is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException
        or GatewayTooBusyException or ConnectionFailedException or ClientNotAvailableException or OperationCanceledException;

    private static IResult Unreadable(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Problem(
            error.StatusCode, "body_too_large", $"The body is larger than {BodyReader.MostBytes} bytes, packed or unpacked."),
        StatusCodes.Status408RequestTimeout => Problem(error.StatusCode, "body_too_slow", "The body came too slowly; send it again."),
        var status => Problem(status, "invalid_request", "The request is not valid HTTP, or its body is truncated."),
    };

    private static IResult Busy(HttpContext context, FailureLog log, Exception error)
    {
        log.Report("The silo did not answer", error);
        return Later(
            context, StatusCodes.Status503ServiceUnavailable, "busy", "The service is busy; send again after Retry-After seconds.");
    }

    private static IResult Unexplained(HttpContext context, FailureLog log, DbException error)
    {
        log.Report("The store's files failed", error);
        return Unavailable(context, "The store's files cannot be read or written now; the log says why.");
    }

    private static IResult Unforeseen(HttpContext context, FailureLog log, Exception error)
    {
        var id = log.Add($"{context.Request.Method} {RawPath.WithoutCustomer(context)}", error);
        var message = $"The request failed by an error of the service; its events were not acknowledged. The log has it under {id}.";
        return Problem(StatusCodes.Status500InternalServerError, "internal_error", message);
    }

    private static IResult Later(HttpContext context, int status, string code, string message)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(status, code, message);
    }
}
