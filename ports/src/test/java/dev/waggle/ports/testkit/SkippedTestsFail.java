package dev.waggle.ports.testkit;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Fails every test that gives itself up, unless it names what the machine lacks.
 *
 * <p>JUnit finds it as a service in every module that has the testkit on its class path.
 */
public final class SkippedTestsFail implements InvocationInterceptor {
  /** How the message of a permitted assumption begins. */
  public static final String PERMITTED = "this machine ";

  @Override
  public void interceptBeforeAllMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    proceed(invocation);
  }

  static void proceed(Invocation<Void> invocation) throws Throwable {
    try {
      invocation.proceed();
    } catch (TestAbortedException aborted) {
      if (!String.valueOf(aborted.getMessage()).contains(PERMITTED)) {
        throw new AssertionError("skipped without naming what the machine lacks", aborted);
      }
      throw aborted;
    }
  }
}
