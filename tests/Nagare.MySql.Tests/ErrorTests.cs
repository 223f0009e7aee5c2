using MySqlConnector;
using Nagare.Storage;

namespace Nagare.MySql.Tests;

/// <summary>What an error means, by the number that the server gives it; those that a test can bring about are brought about elsewhere too.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData(1062, ServerFailureKind.KeyViolated)]
    [InlineData(1586, ServerFailureKind.KeyViolated)]
    [InlineData(1644, ServerFailureKind.KeyViolated)]
    [InlineData(1205, ServerFailureKind.Busy)]
    [InlineData(1213, ServerFailureKind.NotNow)]
    [InlineData(1020, ServerFailureKind.NotNow)]
    [InlineData(3101, ServerFailureKind.NotNow)]
    [InlineData(1053, ServerFailureKind.Transient)]
    [InlineData(1927, ServerFailureKind.Transient)]
    [InlineData(4031, ServerFailureKind.Transient)]
    [InlineData(1158, ServerFailureKind.Transient)]
    [InlineData(2006, ServerFailureKind.Transient)]
    [InlineData(2013, ServerFailureKind.Transient)]
    [InlineData(1615, ServerFailureKind.Transient)]
    [InlineData(1021, ServerFailureKind.Unavailable)]
    [InlineData(1114, ServerFailureKind.Unavailable)]
    [InlineData(1040, ServerFailureKind.NotNow)]
    [InlineData(1044, ServerFailureKind.Unavailable)]
    [InlineData(1045, ServerFailureKind.Unavailable)]
    [InlineData(1049, ServerFailureKind.Unavailable)]
    [InlineData(1142, ServerFailureKind.Unavailable)]
    [InlineData(1146, ServerFailureKind.Unavailable)]
    [InlineData(1153, ServerFailureKind.Unavailable)]
    [InlineData(1290, ServerFailureKind.NotNow)]
    [InlineData(1836, ServerFailureKind.NotNow)]
    [InlineData(1317, ServerFailureKind.Unavailable)]
    [InlineData(3024, ServerFailureKind.Unavailable)]
    [InlineData(1419, ServerFailureKind.Unavailable)]
    [InlineData(1366, ServerFailureKind.Unavailable)]
    public void An_error_number_says_what_kind_of_failure_it_is(int number, ServerFailureKind kind)
    {
        var failure = MySqlErrors.Classify((MySqlErrorCode)number);
        Assert.Equal(kind, failure.Kind);
        Assert.Equal($"{number}", failure.Code);
    }

    [Theory]
    [InlineData(0, "network")]
    [InlineData(-1, "CommandTimeout")]
    [InlineData(1042, "network")]
    public void What_the_client_says_itself_may_be_over_in_a_moment(int number, string advice)
    {
        var failure = MySqlErrors.Classify((MySqlErrorCode)number);
        Assert.Equal((ServerFailureKind.Transient, ""), (failure.Kind, failure.Code));
        Assert.Contains(advice, failure.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1021, "make room")]
    [InlineData(1114, "make room")]
    [InlineData(1040, "no more connections")]
    [InlineData(1226, "no more connections")]
    [InlineData(1142, "GrantScript")]
    [InlineData(1370, "GrantScript")]
    [InlineData(1045, "password")]
    [InlineData(1049, "create it first")]
    [InlineData(1146, "CheckSchema")]
    [InlineData(1290, "takes no writes")]
    [InlineData(1836, "takes no writes")]
    [InlineData(1153, "max_allowed_packet")]
    [InlineData(1317, "killed")]
    [InlineData(1419, "log_bin_trust_function_creators")]
    [InlineData(1665, "binlog_format")]
    [InlineData(1449, "account that made the tables")]
    public void What_a_person_can_mend_is_said_with_what_to_do(int number, string advice) =>
        Assert.Contains(advice, MySqlErrors.Classify((MySqlErrorCode)number).Advice, StringComparison.Ordinal);
}
